import { nearest } from "../definition/nearest.ts";
import { showValue } from "../definition/show-value.ts";

/** The problem of a zone's name, as a list of one or none. */
export function checkTimezone(value: unknown, path: string): string[] {
  if (isTimezone(value)) return [];
  const meant = typeof value === "string" ? nearest(value, Intl.supportedValuesOf("timeZone")) : undefined;
  const hint = meant ? `: did you mean "${meant}"?` : "";
  return [`${path} must be a time zone such as "Europe/Berlin", not ${showValue(value)}${hint}`];
}

function isTimezone(value: unknown): boolean {
  if (typeof value !== "string" || !/^[a-z]/i.test(value)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
