import type { UnreadableJob } from "../../broker/look/job-rows.ts";
import { renderUnreadable } from "../../render/job/unreadable.ts";
import type { Output } from "../program/command.ts";

/** Names the records that were passed over, apart from the data. */
export function tellUnreadable({ problem, look }: Output, jobs: readonly UnreadableJob[]): void {
  for (const line of renderUnreadable(jobs, look.style)) problem(line);
}
