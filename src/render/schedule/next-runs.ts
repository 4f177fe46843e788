import type { NextRun, NextRuns } from "../../schedule/next-runs.ts";
import { renderWhen } from "../cron.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderTable, type TimedOptions } from "../table.ts";

/** Each schedule, its next runs in UTC and on the local clock, and what a turn of the clock does to them. */
export function renderNextRuns(listed: readonly NextRuns[], options: TimedOptions): string {
  if (listed.length === 0) return "no schedules: declare one with `defineSchedule` in a scheduled.ts";
  return listed.map((schedule) => renderOne(schedule, options)).join("\n\n");
}

function renderOne(schedule: NextRuns, options: TimedOptions): string {
  const { name, cron, runs, reason } = schedule;
  const { style, width = 80 } = options;
  const title = name === cron ? escapeText(name) : style.bold(escapeText(name));
  const room = width - escapeText(name).length - 2;
  return [
    `${title}  ${escapeText(renderWhen(schedule, Math.max(room, 20)))}`,
    ...(runs.length > 0 ? renderRuns(runs, options) : []),
    ...(reason === null ? [] : [style.dim(`  ${runs.length > 0 ? "no more" : "none"}: ${escapeText(reason)}`)]),
  ].join("\n");
}

function renderRuns(runs: readonly NextRun[], { style, width = 80, nowMs }: TimedOptions): string[] {
  const length = runs.every(({ at, local }) => at.slice(17, 19) === "00" && local.slice(17, 19) === "00") ? 16 : 19;
  const table = renderTable(
    runs,
    [
      { title: "UTC", cell: ({ at }) => at.slice(0, length).replace("T", " ") },
      { title: "LOCAL", cell: ({ local }) => `${weekday(local)} ${local.slice(0, length).replace("T", " ")}` },
      { title: "IN", align: "right", cell: ({ at }) => renderIn(Date.parse(at) - nowMs) },
      { title: "", cell: toNote, paint: (text) => style.yellow(text) },
    ],
    { style, width: width - 2 },
  );
  return table.split("\n").map((line) => `  ${line}`);
}

function toNote({ turn, named, local }: NextRun): string {
  if (turn === null) return "";
  const time = (text: string) => text.replace(/:00$/, "");
  return turn === "gap" ? `${time(named!)} does not exist` : `${turn} of two ${time(local.slice(11, 19))}s`;
}

const weekday = (local: string) =>
  new Date(`${local.slice(0, 10)}T00:00Z`).toLocaleDateString("en-US", { weekday: "short", timeZone: "UTC" });

const renderIn = (ms: number) => (ms > 0 ? renderDuration(ms, 1) : "-");
