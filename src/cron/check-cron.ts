import { CronExpressionParser } from "cron-parser";

const macros = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];
const fields = ["second", "minute", "hour", "day of month", "month", "day of week"];

/** What is wrong with a cron expression, in one sentence that names the field; undefined where nothing is. */
export function checkCron(expression: unknown): string | undefined {
  if (typeof expression !== "string")
    return `the cron must be text, not ${JSON.stringify(expression)} (${typeof expression})`;
  const quoted = `the cron "${expression}"`;
  if (expression.startsWith("@")) {
    return macros.includes(expression) ? undefined : `${quoted} is unknown: the short forms are ${macros.join(", ")}`;
  }
  const parts = expression.trim() === "" ? [] : expression.trim().split(/\s+/);
  if (parts.length < 5 || parts.length > 6) {
    return `${quoted} has ${parts.length} ${parts.length === 1 ? "field" : "fields"}: it needs five (minute hour day month weekday) or six (second first)`;
  }
  if (parses(parts.join(" "))) return undefined;
  return `${quoted} ${whichField(parts)}`;
}

/** The first field that is wrong by itself; where each is right, no day fits all of them. */
function whichField(parts: readonly string[]): string {
  const names = fields.slice(6 - parts.length);
  const wrong = parts.findIndex(
    (part, index) => !parses(parts.map((_, other) => (other === index ? part : "*")).join(" ")),
  );
  return wrong === -1 ? "never comes: no month has that day" : `has a wrong ${names[wrong]}: "${parts[wrong]}"`;
}

function parses(expression: string): boolean {
  try {
    CronExpressionParser.parse(expression, { tz: "UTC", hashSeed: "any" }).next();
    return true;
  } catch {
    return false;
  }
}
