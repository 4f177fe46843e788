import { jsonSchemaOf } from "../definition/json-schema.ts";
import { type Manifest, type ManifestJob, manifestVersion } from "../definition/manifest.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob } from "../discovery/catalog.ts";

/** What a client needs to know of the jobs, as the text of `taskq-manifest.json`: the same for the same sources, everywhere. */
export function renderManifest({ app, prefix, maxArgsSize }: ResolvedConfig, { jobs }: Catalog): string {
  const manifest: Manifest = {
    version: manifestVersion,
    app,
    ...(prefix !== "bull" && { prefix }),
    maxArgsSize,
    jobs: jobs.map(toManifestJob).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What the worker decides (attempts, timeout …) is left out: a manifest that is older than the worker must not overrule it. */
function toManifestJob({ name, queue, definition }: CatalogJob): ManifestJob {
  const { priority, delay } = definition;
  return {
    name,
    queue,
    schema: jsonSchemaOf(definition),
    ...(priority !== undefined && { priority }),
    ...(delay !== undefined && { delay }),
  };
}
