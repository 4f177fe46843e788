import type { Catalog } from "../discovery/catalog.ts";

/** The domains whose jobs this process runs: only their files are its business. */
export function domainsOf(catalog: Catalog, queues: readonly string[]): Set<string> {
  return new Set(catalog.jobs.filter(({ queue }) => queues.includes(queue)).map(({ domain }) => domain));
}
