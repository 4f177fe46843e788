import { readEnvironment } from "../config/environment.ts";
import { resolveConfig } from "../config/resolve.ts";
import { type AnyJob, defineJob, isJob } from "../definition/job.ts";
import { checkManifest, type ManifestJob } from "../definition/manifest.ts";
import { nearest } from "../definition/nearest.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { createCatalog } from "../discovery/create-catalog.ts";
import { TaskqError } from "../errors.ts";
import type { ClientOptions, ClientProject } from "./client.ts";

const file = "taskq-manifest.json";
const hint = "Run `taskq types` where the jobs are, and build with the manifest that it writes.";

/** The project as a manifest tells it: no config and no job file is read. The variables of the environment count as ever. */
export function projectOfManifest(
  manifest: unknown,
  { cwd = process.cwd(), broker, telemetry }: ClientOptions,
): ClientProject {
  checkManifest(manifest);
  const { app, prefix, maxArgsSize, jobs } = manifest;
  const config = resolveConfig({
    root: cwd,
    config: { app, maxArgsSize, telemetry, ...(prefix !== undefined && { prefix }) },
    env: readEnvironment(),
    flags: { broker },
  });
  const catalog = createCatalog({ jobs: jobs.map(toCatalogJob) });

  return {
    config,
    catalog: {
      ...catalog,
      job: (name) => catalog.findJob(name) ?? refuse(name, jobs),
      // A definition knows its `name` where it says one; which domain it lies in it does not know.
      jobOf(value) {
        const job = isJob(value) && value.name !== undefined ? catalog.findJob(value.name) : undefined;
        return job && { ...job, definition: value as AnyJob };
      },
    },
  };
}

function toCatalogJob({ name, queue, priority, delay, maxArgsSize, unique }: ManifestJob): CatalogJob {
  const said = { priority, delay, maxArgsSize, unique: unique === null ? refuseUnique : unique };
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const definition = defineJob({ ...known, handler: () => undefined });
  return { name, queue, domain: name.split(".")[0]!, file, exported: name, definition };
}

/** To enqueue without the key would be to enqueue twice what must be there once. */
function refuseUnique(): never {
  throw new TaskqError("ARGS_INVALID", "the key is a function of the args, which a manifest cannot hold", {
    hint: "Say `unique` in the call.",
  });
}

function refuse(name: string, jobs: readonly ManifestJob[]): never {
  const known = jobs.map((job) => job.name);
  const meant = nearest(name, known);
  throw new TaskqError("JOB_NOT_FOUND", `the manifest has no job named "${name}"`, {
    hint: meant ? `Did you mean ${meant}? If it is new: ${hint}` : hint,
  });
}
