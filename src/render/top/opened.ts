import { createStyle, type Style } from "../color.ts";
import { renderCount } from "../count.ts";
import { renderWhen } from "../cron.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderJob } from "../job/job.ts";
import { renderJsonLine } from "../json.ts";
import { renderLocalTime } from "../time.ts";
import { wrapHard } from "../wrap-hard.ts";
import type { TopRow, TopView } from "./view.ts";

const plain = createStyle(false);

type Worker = Extract<TopRow, { kind: "worker" }>["worker"];
type Schedule = Extract<TopRow, { kind: "schedule" }>["schedule"];
type Opened = NonNullable<TopView["opened"]>;

/** All that is known of one thing, as lines that fit the width. */
export function renderTopOpened(opened: Opened, nowMs: number, width: number, style: Style): string[] {
  return linesOf(opened, nowMs)
    .flatMap((line) => wrapHard(line, width))
    .map((line) => (line === "" || line.startsWith(" ") ? line : style.bold(line)));
}

function linesOf({ row, job, history }: Opened, nowMs: number): string[] {
  switch (row.kind) {
    case "queue":
      return []; // opens as a list
    case "worker":
      return renderWorker(row.worker, nowMs);
    case "schedule":
      return renderSchedule(row.schedule, history, nowMs);
    case "job":
      if (job) return renderJob(job, { style: plain, nowMs }).split("\n");
      return [`${escapeText(row.job.job)} ${escapeText(row.job.id)}`, job === null ? "  this job is gone" : "  …"];
  }
}

function renderWorker(worker: Worker, nowMs: number): string[] {
  const { name, host, pid, app, release, version, state, startedAt, memoryBytes, queues, active } = worker;
  return [
    `${escapeText(name)}  ${state}`,
    ...figures([
      ["host", `${host}, pid ${pid}`],
      ["app", `${app}, release ${release}`],
      ["taskq", version],
      ["started", `${startedAt} (${renderDuration(nowMs - Date.parse(startedAt))} ago)`],
      ["memory", `${Math.round(memoryBytes / 1_048_576)} MB`],
      ["queues", queues.map(({ queue, concurrency }) => `${queue}=${concurrency}`).join(" ")],
    ]),
    renderCount(active.length, "active job"),
    ...active.map(({ job, id, sinceMs, abandoned, progress }) => {
      const said = progress === null ? "" : `, progress ${renderJsonLine(progress)}`;
      const mark = abandoned ? ", abandoned" : "";
      return `  ${escapeText(job)} ${escapeText(id)} for ${renderDuration(sinceMs)}${said}${mark}`;
    }),
  ];
}

function renderSchedule(schedule: Schedule, history: Opened["history"], nowMs: number): string[] {
  const { name, job, queue, next, timezone, last, runs, failed, missed, skipped, overlap, catchUp } = schedule;
  const ago = (iso: string) =>
    `${renderLocalTime(iso, timezone, nowMs)} (${renderDuration(nowMs - Date.parse(iso))} ago)`;
  return [
    escapeText(name),
    ...figures([
      ["job", `${job} on queue ${queue}`],
      ["when", renderWhen(schedule)],
      ["next", next && `${renderLocalTime(next, timezone, nowMs)} ${timezone}`],
      ["but", schedule.reason ?? schedule.warning],
      ["last", last && `${last.outcome} ${ago(last.at)}, took ${renderDuration(last.durationMs)}, id ${last.id}`],
      ["error", last?.error ?? null],
      ["result", last?.outcome === "completed" && last.result !== null ? renderJsonLine(last.result) : null],
      ["runs", `${runs}, of them failed ${failed}; ticks missed ${missed}, skipped ${skipped}`],
      ["rules", `overlap ${overlap}, catch-up ${catchUp}`],
      ["app", schedule.app],
    ]),
    "history",
    ...history.map(({ at, kind, count, durationMs, reason, id }) => {
      const more = [
        ...(count > 1 ? [`${count} ticks`] : []),
        ...(durationMs === null ? [] : [`took ${renderDuration(durationMs)}`]),
        ...(reason === null ? [] : [escapeText(reason)]),
        ...(id === null ? [] : [escapeText(id)]),
      ];
      return `  ${renderLocalTime(at, timezone, nowMs)}  ${escapeText(kind).padEnd(10)} ${more.join(", ")}`.trimEnd();
    }),
    ...(history.length === 0 ? ["  nothing yet"] : []),
  ];
}

const figures = (pairs: readonly (readonly [string, string | null])[]): string[] =>
  pairs.flatMap(([name, value]) => (value === null ? [] : [`  ${name.padEnd(10)}${escapeText(value)}`]));
