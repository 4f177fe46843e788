import { enqueueTerms } from "../definition/enqueue-terms.ts";
import { jsonSchemaOf } from "../definition/json-schema.ts";
import { layersOf } from "../definition/layers.ts";
import { type Manifest, type ManifestJob, manifestVersion } from "../definition/manifest.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob } from "../discovery/catalog.ts";

/** What a client needs to know of the jobs, as the text of `taskq-manifest.json`: the same for the same sources, everywhere. */
export function renderManifest(config: ResolvedConfig, { jobs }: Catalog): string {
  const { app, prefix } = config;
  const { maxArgsSize } = enqueueTerms([{ from: "", options: config.defaults }]);
  const manifest: Manifest = {
    version: manifestVersion,
    app,
    ...(prefix !== "bull" && { prefix }),
    maxArgsSize,
    jobs: jobs.map((job) => toManifestJob(job, config, maxArgsSize)).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What the worker decides (attempts, timeout …) is left out: a manifest that is older than the worker must not overrule it. */
function toManifestJob(job: CatalogJob, config: ResolvedConfig, usualSize: number): ManifestJob {
  const { name, queue, definition } = job;
  const { priority, delay, unique, maxArgsSize } = enqueueTerms(layersOf(config, job));
  return {
    name,
    queue,
    schema: jsonSchemaOf(definition),
    ...(priority > 0 && { priority }),
    ...(delay !== undefined && { delay }),
    ...(unique !== false && { unique: typeof unique === "function" ? null : unique }),
    ...(maxArgsSize !== usualSize && { maxArgsSize }),
  };
}
