import { isSentinelUrl, parseSentinelUrl } from "../definition/sentinel-url.ts";
import { showValue } from "../definition/show-value.ts";

/** The problem of a broker's address, as a list of one or none. It is quoted without its password. */
export function checkBroker(value: unknown, path: string): string[] {
  if (isBroker(value)) return [];
  const what =
    typeof value === "string" && isSentinelUrl(value)
      ? "redis-sentinel://host:26379,host:26379/0?master=name, which names its sentinels and what they watch"
      : `a redis://, rediss://, redis-sentinel:// or unix:// URL or "embedded"`;
  const encode = /^rediss?(?:-sentinel)?:\/\/.*[#?/%\s].*@/s.test(String(value))
    ? "; in a password write %23 for #, %25 for %, and so on"
    : "";
  const empty = value === "" ? ": the variable that it comes from is probably empty" : "";
  return [`${path} must be ${what}, not ${showValue(withoutPassword(value))}${encode}${empty}`];
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
