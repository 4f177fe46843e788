import type { Catalog } from "../discovery/catalog.ts";

/**
 * The domains whose jobs this process runs: only their files are its business. Which jobs calls send here from other queues nobody
 * knows before they come: those run without their domain's state.
 */
export function domainsOf(catalog: Catalog, queues: readonly string[]): Set<string> {
  return new Set(catalog.jobs.filter(({ queue }) => queues.includes(queue)).map(({ domain }) => domain));
}
