import type { WorkerRow } from "../../inspect/workers.ts";
import type { Style } from "../color.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderJsonLine } from "../json.ts";
import { renderTable, type TimedOptions } from "../table.ts";
import { cutText } from "../text-width.ts";

const widestProgress = 30;

/** The worker processes, one a line, and below each what it runs now. */
export function renderWorkers(rows: readonly WorkerRow[], { style, width = 80, nowMs }: TimedOptions): string {
  if (rows.length === 0) return "no workers: start one with `taskq run-worker`";

  const [titles, ...lines] = renderTable(
    rows,
    [
      { title: "NAME", cell: ({ name }) => name },
      { title: "HOST", cell: ({ host }) => host },
      { title: "PID", align: "right", cell: ({ pid }) => String(pid) },
      { title: "STATE", cell: ({ state }) => state, paint: (text, { state }) => paintState(text, state, style) },
      { title: "UP", align: "right", cell: ({ startedAt }) => renderDuration(nowMs - Date.parse(startedAt), 1) },
      { title: "MEMORY", align: "right", cell: ({ memoryBytes }) => `${Math.round(memoryBytes / 1_048_576)} MB` },
      { title: "QUEUES", cell: ({ queues }) => queues.map((each) => `${each.queue}=${each.concurrency}`).join(" ") },
    ],
    { style, width },
  ).split("\n");

  return [
    titles,
    ...rows.flatMap(({ active }, index) => [lines[index], ...active.map((job) => renderActive(job, style))]),
  ].join("\n");
}

function renderActive(active: WorkerRow["active"][number], style: Style): string {
  const { job, id, sinceMs, abandoned, progress } = active;
  const said = progress === null ? "" : `, progress ${cutText(escapeText(renderJsonLine(progress)), widestProgress)}`;
  const figures = `id=${escapeText(id)} for ${renderDuration(sinceMs)}${said}`;
  return `  ${escapeText(job)}  ${style.dim(figures)}${abandoned ? ` ${style.red("abandoned")}` : ""}`;
}

function paintState(text: string, state: WorkerRow["state"], { green, yellow }: Style): string {
  return state === "running" ? green(text) : yellow(text);
}
