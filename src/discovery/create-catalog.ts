import { isJob } from "../definition/job.ts";
import { nearest } from "../definition/nearest.ts";
import { TaskqError } from "../errors.ts";
import type { Catalog, CatalogJob, CatalogSchedule } from "./catalog.ts";

type Parts = Partial<Pick<Catalog, "schedules" | "startup" | "shutdown" | "warnings">> & {
  readonly jobs: readonly (CatalogJob & { readonly value?: unknown })[];
};

const mostListed = 10;

/** The catalog of what was found. */
export function createCatalog({ jobs, schedules = [], startup = [], shutdown = [], warnings = [] }: Parts): Catalog {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const byValue = new Map<unknown, CatalogJob>(
    jobs.flatMap((job) => [[job.definition, job] as const, [job.value ?? job, job] as const]),
  );
  const schedulesByName = new Map<string, CatalogSchedule>(schedules.map((schedule) => [schedule.name, schedule]));

  return {
    jobs,
    schedules,
    queues: [...new Set(jobs.map(({ queue }) => queue))].sort(),
    startup,
    shutdown,
    warnings,
    findJob: (name) => byName.get(name),
    // The application may have loaded the file a second time, in its bundle say: then the name tells which it is.
    jobOf: (value) => byValue.get(value) ?? (isJob(value) && value.name ? byName.get(value.name) : undefined),
    findSchedule: (name) => schedulesByName.get(name),
    job(name) {
      const job = byName.get(name);
      if (job) return job;
      throw new TaskqError("JOB_NOT_FOUND", `no job is named "${name}"`, {
        hint: suggest(name, [...byName.keys()].sort()),
      });
    },
  };
}

function suggest(name: string, known: readonly string[]): string {
  const meant = nearest(name, known) ?? known.find((other) => other.split(".").at(-1) === name);
  if (meant) return `Did you mean ${meant}?`;
  const listed = known.slice(0, mostListed).join(", ");
  return `The jobs of this project are ${listed || "none"}${known.length > mostListed ? ` and ${known.length - mostListed} more` : ""}.`;
}
