import { resolve } from "node:path";

const names = ["ca", "cert", "key"] as const;

/** What a broker's URL names a file for: whom to trust, who we are, and how we prove it. Node's own words. */
export type TlsFile = (typeof names)[number];

/** A broker's URL, and the files of TLS that it named. */
export interface TlsUrl {
  /** As it was, without them. */
  readonly url: string;
  /** As they were said, in that order. */
  readonly said: readonly (readonly [TlsFile, string])[];
}

/** `rediss://host?ca=/etc/ca.pem&cert=/etc/worker.pem&key=/etc/worker.key`: all other parameters are the Redis client's. */
export function parseTlsUrl(text: string): TlsUrl {
  const at = text.indexOf("?");
  const parameters = at < 0 ? [] : text.slice(at + 1).split("&");
  const ours = parameters.filter(isOurs);
  if (ours.length === 0) return { url: text, said: [] };
  const others = parameters.filter((parameter) => !isOurs(parameter));
  const said = new URLSearchParams(ours.join("&").replaceAll("+", "%2B")); // to a form a plus would be a space
  return {
    url: text.slice(0, at) + (others.length === 0 ? "" : `?${others.join("&")}`),
    said: [...said] as [TlsFile, string][],
  };
}

/** The URL as it means the same from every folder: relative files start from `root`. */
export function rootTlsUrl(text: string, root: string): string {
  const { url, said } = parseTlsUrl(text);
  if (said.length === 0) return text;
  const parameters = said.map(([name, file]) => `${name}=${encodeURIComponent(resolve(root, file))}`);
  return `${url}${url.includes("?") ? "&" : "?"}${parameters.join("&")}`;
}

const isOurs = (parameter: string) => names.some((name) => parameter === name || parameter.startsWith(`${name}=`));
