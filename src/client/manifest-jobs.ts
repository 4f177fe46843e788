import { readEnvironment } from "../config/environment.ts";
import { resolveConfig } from "../config/resolve.ts";
import { defineJob, isJob } from "../definition/job.ts";
import { checkManifest, type ManifestJob } from "../definition/manifest.ts";
import { nearest } from "../definition/nearest.ts";
import { TaskqError } from "../errors.ts";
import type { ClientOptions } from "./client.ts";
import type { KnownJob, KnownJobs } from "./known-jobs.ts";

const hint = "Run `taskq types` where the jobs are, and build with the manifest that it writes.";

/** The jobs of a manifest: no config and no job file is read. The variables of the environment count as ever. */
export function jobsOfManifest(manifest: unknown, { cwd = process.cwd(), broker }: ClientOptions): KnownJobs {
  checkManifest(manifest);
  const { app, prefix, maxArgsSize, jobs } = manifest;
  const config = resolveConfig({
    root: cwd,
    config: { app, maxArgsSize, ...(prefix !== undefined && { prefix }) },
    env: readEnvironment(),
    flags: { broker },
  });
  const known = new Map(jobs.map((job) => [job.name, toKnownJob(job)]));

  return {
    config,
    job(name) {
      const job = known.get(name);
      if (job) return job;
      const meant = nearest(name, [...known.keys()]);
      throw new TaskqError("JOB_NOT_FOUND", `the manifest has no job named "${name}"`, {
        hint: meant ? `Did you mean ${meant}? If it is new: ${hint}` : hint,
      });
    },
    /** Only a definition that says its `name` can be told: where its file lies is nothing that it knows. */
    jobOf(value) {
      const job = isJob(value) && value.name !== undefined ? known.get(value.name) : undefined;
      return job && { ...job, definition: value as KnownJob["definition"] };
    },
  };
}

function toKnownJob({ name, queue, schema: _, ...options }: ManifestJob): KnownJob {
  return { name, queue, definition: defineJob({ ...options, handler: () => undefined }) };
}
