import { escapeText } from "../escape.ts";
import type { TopOrder, TopRow, TopStatus } from "./view.ts";

const past: Readonly<Record<TopOrder["verb"], string>> = {
  retry: "retried",
  cancel: "cancelled",
  remove: "removed",
  promote: "promoted",
  pause: "paused",
  resume: "resumed",
  run: "enqueued a run of",
  quiet: "quieted",
  stop: "told to close:",
};

/** What was done, or why it was not. */
export function renderTopStatus(status: TopStatus): string {
  if (status.kind === "hint") return status.hint;
  const { verb, row } = status.order;
  const what = nameOf(row);
  switch (status.kind) {
    case "doing":
      return `${verb} ${what} …`;
    case "done":
      return `${past[verb]} ${what}`;
    case "gone":
      return `nothing was done: ${what} is no longer as it was`;
    case "requested":
      return `${verb} ${what}: ${escapeText(status.reason)}`;
    default:
      return `could not ${verb} ${what}: ${escapeText(status.reason)}`;
  }
}

/** What is about to be done. */
export const renderTopQuestion = ({ verb, row }: TopOrder): string => `${verb} ${nameOf(row)}?`;

function nameOf(row: TopRow): string {
  switch (row.kind) {
    case "job":
      return `job ${escapeText(row.job.job)} ${escapeText(row.job.id)}`;
    case "queue":
      return `queue ${escapeText(row.queue.queue)}`;
    case "worker":
      return `worker ${escapeText(row.worker.name)}`;
    case "schedule":
      return `schedule ${escapeText(row.schedule.name)}`;
  }
}

/** What has no column: of the thing under the cursor. */
export function renderTopAbout(row: TopRow): string {
  switch (row.kind) {
    case "job":
      return escapeText(row.job.error?.split("\n")[0] ?? "");
    case "queue": {
      const { paused, override, failedPerMinute, waitingChildren } = row.queue;
      const said = [
        ...(paused ? ["paused"] : []),
        ...(override ? ["* an operator has set its limits"] : []),
        ...(failedPerMinute > 0 ? [`${failedPerMinute} failed a minute`] : []),
        ...(waitingChildren > 0 ? [`${waitingChildren} wait for children`] : []),
      ];
      return said.join(", ");
    }
    case "worker":
      return row.worker.active.map(({ job }) => escapeText(job)).join(", ");
    case "schedule":
      return escapeText(row.schedule.reason ?? row.schedule.warning ?? "");
  }
}
