import { escapeJson } from "./escape.ts";

/** A value as a JSON document that is safe to print: JSON.stringify leaves DEL, C1 and bidi characters raw. */
export function renderJson(value: unknown): string {
  return escapeJson(JSON.stringify(value, null, 2) ?? "null");
}

/** The same in one line, for logs. */
export function renderJsonLine(value: unknown): string {
  return escapeJson(JSON.stringify(value) ?? "null");
}
