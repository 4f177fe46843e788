import type { Rate } from "../../broker/store/limits.ts";
import { parseDuration } from "../../definition/duration.ts";
import { TaskqError } from "../../errors.ts";

/** `10/s`, `100/15m`. */
export function parseRate(text: string): Rate {
  const [, max, per = ""] = /^([1-9]\d{0,8})\/(.+)$/.exec(text) ?? [];
  const perMs = parseDuration(/^\d/.test(per) ? per : `1${per}`);
  if (max !== undefined && perMs !== undefined && perMs > 0) return { max: Number(max), perMs };
  throw new TaskqError("USAGE", `a rate is such as "10/s" or "100/15m", not "${text}"`);
}
