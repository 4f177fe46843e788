import type { Catalog, CatalogJob } from "../discovery/catalog.ts";
import { checkQueue } from "./enqueue-queue.ts";
import { unnamed } from "./unnamed.ts";

/** The job that a call means, by its name or by what its file exports; `queue` is another one that the call asks for. */
export type FindJob = (job: unknown, queue?: string) => CatalogJob;

export function createFindJob(catalog: Catalog, isOfManifest = false): FindJob {
  return (job, queue) => {
    const found = typeof job === "string" ? catalog.job(job) : catalog.jobOf(job);
    if (!found) throw unnamed(isOfManifest);
    checkQueue(catalog, queue);
    return found;
  };
}
