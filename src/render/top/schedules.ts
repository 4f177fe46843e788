import type { ScheduleRow } from "../../schedule/row.ts";
import type { Style } from "../color.ts";
import { renderWhen } from "../cron.ts";
import { renderDuration } from "../duration.ts";
import { renderLocalTime } from "../time.ts";
import type { TopColumn } from "./list.ts";

/** The schedules of the live screen. */
export function topScheduleColumns(nowMs: number, style: Style): readonly TopColumn<ScheduleRow>[] {
  return [
    { title: "NAME", width: 12, grows: true, cell: ({ name }) => name },
    { title: "WHEN", width: 8, grows: true, from: 60, cell: renderWhen },
    { title: "QUEUE", width: 14, from: 120, cell: ({ queue }) => queue },
    {
      title: "NEXT",
      width: 12,
      cell: ({ next, paused, timezone }) => (paused ? "paused" : next ? renderLocalTime(next, timezone, nowMs) : "-"),
      paint: (text, { paused, warning }) => (paused || warning ? style.yellow(text) : text),
    },
    {
      title: "IN",
      width: 7,
      align: "right",
      cell: ({ next }) => (next ? renderIn(Date.parse(next) - nowMs) : "-"),
    },
    {
      title: "LAST",
      width: 14,
      cell: ({ last }) =>
        last
          ? `${last.outcome === "failed" ? "failed" : "ok"} ${renderDuration(nowMs - Date.parse(last.at), 1)} ago`
          : "-",
      paint: (text, { last }) => (last?.outcome === "failed" ? style.red(text) : text),
    },
    {
      title: "MISSED",
      width: 6,
      from: 80,
      align: "right",
      cell: ({ missed }) => String(missed),
      paint: (text, { missed }) => (missed > 0 ? style.yellow(text) : text),
    },
  ];
}

const renderIn = (ms: number) => (ms > 0 ? renderDuration(ms, 1) : "now");
