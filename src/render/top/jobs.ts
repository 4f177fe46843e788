import type { JobLine } from "../../inspect/job-heads.ts";
import type { Style } from "../color.ts";
import { renderDuration } from "../duration.ts";
import { renderJsonLine } from "../json.ts";
import type { TopColumn } from "./list.ts";

/** The jobs of the live screen, by what is worth knowing of their state. */
export function topJobColumns(state: JobLine["state"], nowMs: number, style: Style): readonly TopColumn<JobLine>[] {
  const since = (ms: number | undefined) => (ms === undefined ? "-" : renderDuration(nowMs - ms, 1));
  const job: TopColumn<JobLine> = { title: "JOB", width: 14, grows: true, cell: (row) => row.job };
  const id: TopColumn<JobLine> = { title: "ID", width: 16, from: 60, cell: (row) => row.id };
  const queue: TopColumn<JobLine> = { title: "QUEUE", width: 14, from: 100, cell: (row) => row.queue };
  const tries: TopColumn<JobLine> = { title: "TRIES", width: 5, align: "right", from: 60, cell: renderTries };
  const error: TopColumn<JobLine> = {
    title: "ERROR",
    width: 14,
    grows: true,
    cell: (row) => row.error ?? "",
    paint: (text) => style.red(text),
  };
  const time = (title: string, cell: (row: JobLine) => string): TopColumn<JobLine> => ({
    title,
    width: 7,
    align: "right",
    cell,
  });

  switch (state) {
    case "active":
      return [
        job,
        id,
        queue,
        time("FOR", (row) => since(row.startedAtMs)),
        { title: "PROGRESS", width: 14, cell: renderProgress, paint: (text) => style.cyan(text) },
        { title: "WORKER", width: 12, grows: true, from: 60, cell: (row) => row.worker ?? "" },
      ];
    case "failed":
      return [job, id, queue, time("AGO", (row) => since(row.finishedAtMs)), tries, error];
    case "completed":
      return [
        job,
        id,
        queue,
        time("AGO", (row) => since(row.finishedAtMs)),
        time("TOOK", ({ startedAtMs, finishedAtMs }) =>
          startedAtMs === undefined || finishedAtMs === undefined ? "-" : renderDuration(finishedAtMs - startedAtMs, 1),
        ),
        { title: "WORKER", width: 12, grows: true, from: 60, cell: (row) => row.worker ?? "" },
      ];
    case "delayed":
      return [
        job,
        id,
        queue,
        time("IN", (row) => (row.dueAtMs === undefined ? "-" : renderDuration(Math.max(0, row.dueAtMs - nowMs), 1))),
        tries,
        { ...error, title: "LAST ERROR" },
      ];
    default:
      return [job, id, queue, time("AGE", (row) => since(row.enqueuedAtMs)), tries, { ...error, title: "LAST ERROR" }];
  }
}

const renderTries = ({ attemptsMade, attempts }: JobLine) =>
  attempts === undefined ? String(attemptsMade) : `${attemptsMade}/${attempts}`;

const barWidth = 8;

/** A number of 0 to 100 as a bar, all else as it stands. */
function renderProgress({ progress }: JobLine): string {
  if (progress === null) return "";
  if (typeof progress !== "number" || progress < 0 || progress > 100) return renderJsonLine(progress);
  const full = Math.round((progress / 100) * barWidth);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${Math.round(progress)}%`;
}
