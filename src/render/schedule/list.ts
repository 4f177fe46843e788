import type { ScheduleRow } from "../../schedule/row.ts";
import { escapeText } from "../escape.ts";
import type { TimedOptions } from "../table.ts";
import { renderScheduleFooter } from "./footer.ts";
import { renderScheduleTable } from "./table.ts";

/** The schedules, the next to run first, and below them what is to be done about those that are not in order. */
export function renderSchedules(rows: readonly ScheduleRow[], options: TimedOptions): string {
  if (rows.length === 0) return "no schedules: declare one with `defineSchedule` in a scheduled.ts";
  const { style } = options;
  const sorted = [...rows].sort((a, b) => nextOf(a) - nextOf(b) || (a.name < b.name ? -1 : 1));
  const { titles, lines, saysState } = renderScheduleTable(sorted, options);

  return [
    titles,
    ...sorted.flatMap((row, at) => {
      const note = noteOf(row, saysState);
      return note ? [lines[at], style.dim(`  ${escapeText(note)}`)] : [lines[at]];
    }),
    "",
    ...renderScheduleFooter(rows, style),
  ].join("\n");
}

const nextOf = ({ next }: ScheduleRow) => (next === null ? Number.MAX_SAFE_INTEGER : Date.parse(next));

/** What the line itself has no room for. */
function noteOf({ reason, state, paused }: ScheduleRow, saysState: boolean): string | null {
  if (saysState || state === "ok") return reason;
  if (reason === null) return state;
  return paused ? `${state}, ${reason}` : reason;
}
