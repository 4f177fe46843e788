import type { ScheduleEvent } from "../../runner/events/schedule.ts";
import { renderCount } from "../count.ts";
import { escapeText } from "../escape.ts";

/** The words for what becomes of schedules and their ticks. */
export function scheduleWords(event: ScheduleEvent): readonly [word: string, rest: string] {
  switch (event.type) {
    case "tickSkipped":
      return [
        "skipped",
        `${escapeText(event.schedule)} at ${escapeText(event.scheduledFor)}: ${escapeText(event.holder)} is not done`,
      ];
    case "ticksMissed":
      return ["missed", `${span(event)}: ${escapeText(event.reason)}`];
    case "ticksCaughtUp":
      return ["caught up", span(event)];
    case "schedulesSynced":
      return ["schedules", `written: ${list(event.written)}; removed: ${list(event.removed)}`];
    case "schedulesLed":
      return ["schedules", `left as they are: release ${escapeText(event.release)} leads`];
    case "scheduleMended":
      return ["schedules", `mended ${escapeText(event.schedule)}: ${escapeText(event.reason)}`];
  }
}

function span({
  schedule,
  count,
  from,
  to,
}: Extract<ScheduleEvent, { type: "ticksMissed" | "ticksCaughtUp" }>): string {
  const name = escapeText(schedule);
  return count === 1
    ? `${name} at ${escapeText(from)}`
    : `${name} ${renderCount(count, "tick")} from ${escapeText(from)} to ${escapeText(to)}`;
}

const list = (names: readonly string[]) => names.map((name) => escapeText(name)).join(", ") || "none";
