import { CronExpressionParser } from "cron-parser";
import type { Tick } from "./tick.ts";

/** The first moment after the given one at which an expression is due in a zone; undefined where it never comes again. */
export function nextTick(cron: string, zone: string, afterMs: number): Tick | undefined {
  try {
    return {
      atMs: CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(afterMs) })
        .next()
        .getTime(),
    };
  } catch {
    return undefined;
  }
}
