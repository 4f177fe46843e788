import { showValue } from "../definition/show-value.ts";

/** The problem of a broker's address, as a list of one or none. It is quoted without its password. */
export function checkBroker(value: unknown, path: string): string[] {
  if (isBroker(value)) return [];
  const what = 'a redis://, rediss:// or unix:// URL or "embedded"';
  return [`${path} must be ${what}, not ${showValue(withoutUser(value))}`];
}

function isBroker(value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (value === "embedded" || /^unix:\/\/(?:[^@/\s]*@)?\/\S/.test(value)) return true;
  return /^rediss?:\/\/\S/.test(value) && URL.canParse(value);
}

/** Where the `//` is missing it is no URL, and nothing else would hide its password. */
function withoutUser(value: unknown): unknown {
  return typeof value === "string" && !value.includes("://") ? value.replace(/^.*@/s, "***@") : value;
}
