import { isSentinelUrl, parseSentinelUrl } from "../definition/sentinel-url.ts";
import { showValue } from "../definition/show-value.ts";
import { parseTlsUrl } from "../definition/tls-url.ts";

/** The problem of a broker's address, as a list of one or none. It is quoted without its password. */
export function checkBroker(value: unknown, path: string): string[] {
  const what = expectedOf(value);
  if (what === undefined) return [];
  const encode = /^rediss?(?:-sentinel)?:\/\/.*[#?/%\s].*@/s.test(String(value))
    ? "; in a password write %23 for #, %25 for %, and so on"
    : "";
  const empty = value === "" ? ": the variable that it comes from is probably empty" : "";
  return [`${path} must be ${what}, not ${showValue(withoutPassword(value))}${encode}${empty}`];
}

/** What a broker's address should have been, where it is none. Nothing of it is quoted. */
export function expectedOf(value: unknown): string | undefined {
  const { url, said } = typeof value === "string" ? parseTlsUrl(value) : { url: value, said: [] };
  if (!isBroker(url)) {
    return typeof url === "string" && isSentinelUrl(url)
      ? "redis-sentinel://host:26379,host:26379/0?master=name, which names its sentinels and what they watch"
      : `a redis://, rediss://, redis-sentinel:// or unix:// URL or "embedded"`;
  }
  return expectedOfTls(url as string, said);
}

function expectedOfTls(url: string, said: ReturnType<typeof parseTlsUrl>["said"]): string | undefined {
  const names = said.map(([name]) => name);
  const [first] = names;
  if (first === undefined) return undefined;
  if (!url.startsWith("rediss")) {
    return `a ${isSentinelUrl(url) ? "rediss-sentinel" : "rediss"}:// URL, since it names \`${first}\``;
  }
  const twin = names.find((name, at) => names.indexOf(name) < at);
  if (twin) return `a URL that names \`${twin}\` once`;
  const empty = said.find(([, file]) => file === "");
  if (empty) return `a URL with a file for \`${empty[0]}\``;
  const alone = names.filter((name) => name !== "ca");
  if (alone.length !== 1) return undefined;
  return `a URL that names \`${alone[0] === "cert" ? "key" : "cert"}\` too, since it names \`${alone[0]}\``;
}

function isBroker(value: unknown): boolean {
  if (typeof value !== "string" || /\s/.test(value)) return false;
  if (value === "embedded") return true;
  if (isSentinelUrl(value)) return parseSentinelUrl(value) !== undefined;
  if (/^unix:\/\/(?:[^@/\s]*@)?\/\S/.test(value)) return isEncoded(value);
  if (!/^rediss?:\/\/\S/.test(value) || !URL.canParse(value)) return false;
  const { username, password, pathname, search, hash } = new URL(value);
  const isWhole = hash === "" && !search.includes("@"); // else a password has been cut there
  return isWhole && isEncoded(username + password) && /^\/?\d*$/.test(pathname);
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false; // a bare `%`
  }
}

/** What is no URL is masked with a broad brush: as much as may be a password goes. */
function withoutPassword(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (!value.includes("://")) return value.replace(/^.*@/s, "***@").replace(/:(?!\d{1,5}$).*/s, ":***");
  if (value.includes("@")) return value.replace(/(:\/\/[^:@]*):.*@/s, "$1:***@");
  return value.replace(/(:\/\/[^:]*:)(?!\d{1,5}(?:\/|$)).*/s, "$1***");
}
