import { findWall } from "./find-wall.ts";
import { parseCron } from "./parse-cron.ts";

const macros = ["@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually"];
const fields = ["second", "minute", "hour", "day of month", "month", "day of week"];

/** What is wrong with a cron expression, in one sentence that names the field; undefined where nothing is. `H` is drawn by the seed. */
export function checkCron(expression: unknown, seed = "any"): string | undefined {
  if (typeof expression !== "string")
    return `the cron must be text, not ${JSON.stringify(expression)} (${typeof expression})`;
  const quoted = `the cron "${expression}"`;
  if (expression.trim().startsWith("@")) {
    return macros.includes(expression.trim())
      ? undefined
      : `${quoted} is unknown: the short forms are ${macros.join(", ")}`;
  }
  const parts = expression.trim() === "" ? [] : expression.trim().split(/\s+/);
  if (parts.length < 5 || parts.length > 6) {
    return `${quoted} has ${parts.length} ${parts.length === 1 ? "field" : "fields"}: it needs five (minute hour day month weekday) or six (second first)`;
  }
  if (parses(parts, seed)) return undefined;
  return `${quoted} ${whichField(parts, seed)}`;
}

/** The first field that is wrong by itself; where each is right, no day fits all of them. */
function whichField(parts: readonly string[], seed: string): string {
  const names = fields.slice(6 - parts.length);
  const alone = (index: number) => parts.map((part, other) => (index === other ? part : "*"));
  const wrong = parts.findIndex((_, index) => !parses(alone(index), seed));
  return wrong === -1 ? "never comes: its months have no such day" : `has a wrong ${names[wrong]}: "${parts[wrong]}"`;
}

function parses(parts: readonly string[], hashSeed: string): boolean {
  try {
    return findWall(parseCron(parts.join(" "), hashSeed), 0, 1) !== undefined;
  } catch {
    return false;
  }
}
