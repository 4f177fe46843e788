import { maskSecrets } from "./mask-url.ts";

const longest = 80;

/** A value as a message quotes it: what it is, and its type. What an object holds stays unsaid: it may be a password. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return "a function";
  const text = maskSecrets(typeof value === "string" ? JSON.stringify(value) : String(value));
  return `${text.length > longest ? `${text.slice(0, longest - 1)}…` : text} (${typeof value})`;
}
