import type { ScheduleRow } from "../schedule/row.ts";
import type { Style } from "./color.ts";
import { renderCount } from "./count.ts";
import { renderWhen } from "./cron.ts";
import { renderDuration } from "./duration.ts";
import { escapeText } from "./escape.ts";
import { renderTable, type TimedOptions } from "./table.ts";
import { renderLocalTime } from "./time.ts";

const advice: Readonly<Record<Exclude<ScheduleRow["state"], "ok">, string>> = {
  new: "not in the broker yet: `taskq run-worker` puts it there",
  changed: "in the broker as it was before: `taskq run-worker` writes it anew",
  orphan: "no longer declared and still firing: `taskq run-worker` removes it",
  foreign: "of another app: taskq leaves it alone",
};

/** The schedules, the next to run first, and below them what is to be done about those that are not in order. */
export function renderSchedules(rows: readonly ScheduleRow[], { style, width = 80, nowMs }: TimedOptions): string {
  if (rows.length === 0) return "no schedules: declare one with `defineSchedule` in a scheduled.ts";

  const sorted = [...rows].sort((a, b) => nextOf(a) - nextOf(b) || (a.name < b.name ? -1 : 1));
  const [titles, ...lines] = renderTable(
    sorted,
    [
      { title: "NAME", cell: ({ name }) => name },
      { title: "WHEN", cell: renderWhen },
      {
        title: "NEXT",
        align: "right",
        cell: ({ next, timezone }) => (next ? renderLocalTime(next, timezone, nowMs) : "-"),
      },
      { title: "IN", align: "right", cell: ({ next }) => (next ? renderIn(Date.parse(next) - nowMs) : "-") },
      { title: "STATE", cell: ({ state }) => state, paint: (text, { state }) => paintState(text, state, style) },
    ],
    { style, width },
  ).split("\n");

  return [
    titles,
    ...sorted.flatMap(({ reason }, at) => (reason ? [lines[at], style.dim(`  ${escapeText(reason)}`)] : [lines[at]])),
    "",
    ...renderFooter(rows),
  ].join("\n");
}

const nextOf = ({ next }: ScheduleRow) => (next === null ? Number.MAX_SAFE_INTEGER : Date.parse(next));

function renderIn(ms: number): string {
  return ms > 0 ? renderDuration(ms, 1) : "now";
}

function paintState(text: string, state: ScheduleRow["state"], { green, yellow, dim }: Style): string {
  if (state === "ok") return green(text);
  return state === "foreign" ? dim(text) : yellow(text);
}

function renderFooter(rows: readonly ScheduleRow[]): string[] {
  const states = Object.keys(advice) as (keyof typeof advice)[];
  const counted = states.map((state) => ({ state, count: rows.filter((row) => row.state === state).length }));
  return [
    renderCount(rows.length, "schedule"),
    ...counted.flatMap(({ state, count }) => (count > 0 ? `${count} ${state}: ${advice[state]}` : [])),
  ];
}
