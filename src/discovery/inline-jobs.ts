import { type JobFunction, toJob } from "../definition/job.ts";
import type { ScheduleDefinition } from "../definition/schedule.ts";
import type { JobFile } from "./find-job-files.ts";
import type { FoundJob } from "./read-tasks.ts";

/** The jobs that the schedules of a file bring along as their `handler`, one a function. */
export function inlineJobs({ path, domain }: JobFile, definitions: readonly ScheduleDefinition[]): FoundJob[] {
  const jobs = new Map<JobFunction, FoundJob>();
  for (const { handler, name } of definitions) {
    if (typeof handler !== "function" || jobs.has(handler)) continue;
    const own = nameOf(handler);
    const named = own === undefined ? name : `${domain}.${own}`;
    if (named === undefined) continue;
    const definition = toJob(handler);
    const exported = own ?? named;
    jobs.set(handler, {
      name: named,
      queue: domain,
      domain,
      file: path,
      exported,
      isInline: true,
      definition,
      value: handler,
    });
  }
  return [...jobs.values()];
}

/** `handler: async () => {}` and `async handler() {}` are named after the key: that says nothing. */
function nameOf(handler: JobFunction): string | undefined {
  return ["", "handler", "default"].includes(handler.name) ? undefined : handler.name;
}
