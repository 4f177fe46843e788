import { nearest } from "./nearest.ts";
import { showValue } from "./show-value.ts";

/** What is wrong with a value, without its name: `must be …, not …`. Nothing where it is right. */
export type Check = (value: unknown, path: string) => string[];

/** One line for each key that is unknown or whose value is not what its check wants. `undefined` says nothing. */
export function checkShape(value: unknown, path: string, checks: Readonly<Record<string, Check>>): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path || "the config"} must be an object, not ${showValue(value)}`];
  }
  const at = (key: string) => (path ? `${path}.${key}` : key);

  return Object.entries(value).flatMap(([key, entry]) => {
    if (Object.hasOwn(checks, key)) return entry === undefined ? [] : checks[key]!(entry, at(key));
    const meant = nearest(key, Object.keys(checks));
    return [`unknown key "${at(key)}"${meant ? `: did you mean "${at(meant)}"?` : ""}`];
  });
}
