import type { JobSummary } from "../../broker/look/job-summary.ts";
import type { JobList } from "../../inspect/list-jobs.ts";
import { renderDuration } from "../duration.ts";
import { renderNumber } from "../number.ts";
import { paintState } from "../state.ts";
import { renderTable, type TimedOptions } from "../table.ts";
import { renderCountLines } from "./counts.ts";

/** A page of jobs, one a line, and below it how many there are of which. */
export function renderJobList({ jobs, offset, total, counts }: JobList, options: TimedOptions): string {
  if (total === 0) return "no jobs";
  const { style, width, nowMs } = options;
  const table = renderTable(
    jobs,
    [
      { title: "ID", cell: ({ id }) => id, isWhole: true },
      { title: "JOB", cell: ({ job, queue }) => (job.startsWith(`${queue}.`) ? job : `${job} in ${queue}`) },
      {
        title: "STATE",
        cell: ({ state, cancelled }) => (cancelled ? "cancelled" : state),
        paint: (text, { state, cancelled }) => paintState(text, cancelled ? "cancelled" : state, style),
        isWhole: true,
      },
      {
        title: "AGE",
        align: "right",
        cell: ({ finishedAt, enqueuedAt }) => renderDuration(nowMs - Date.parse(finishedAt ?? enqueuedAt), 1),
      },
      { title: "", cell: (job) => describe(job, nowMs) },
    ],
    options,
  );
  return [jobs.length > 0 ? table : "no jobs on this page", ...renderFooter()].join("\n");

  function renderFooter(): string[] {
    const next = offset + jobs.length;
    const more = next < total && jobs.length > 0 ? `; more with --offset ${next}` : "";
    const isWhole = jobs.length === total;
    const said = isWhole
      ? `${renderNumber(total)} ${total === 1 ? "job" : "jobs"}`
      : `${renderNumber(jobs.length)} of ${renderNumber(total)} jobs, the newest first${more}`;
    return [style.dim(said), ...(isWhole && counts.length === 1 ? [] : renderCountLines(counts, width))];
  }
}

/** What there is to say of one job in a few words: why it failed, when it runs, where. */
function describe({ state, error, runAt, worker, attempts }: JobSummary, nowMs: number): string {
  if (runAt) {
    const inMs = Date.parse(runAt) - nowMs;
    const when = inMs > 0 ? `in ${renderDuration(inMs, 1)}` : "now";
    return error ? `${when}, after: ${error.message}` : when;
  }
  if (error) return attempts.made > 1 ? `${attempts.made} attempts: ${error.message}` : error.message;
  return state === "active" && worker ? `on ${worker}` : "";
}
