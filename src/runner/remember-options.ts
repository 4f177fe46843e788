import { type EffectiveOptions, layerOptions } from "../definition/effective-options.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob, CatalogSchedule } from "../discovery/catalog.ts";

type OptionsOf = (queue: string, job: CatalogJob, schedule: CatalogSchedule | undefined) => EffectiveOptions;
type OfSchedules = Map<CatalogSchedule | undefined, EffectiveOptions>;

/** Layering costs more than a no-op job: once is enough, since nothing of it changes. */
export function rememberOptions(config: ResolvedConfig): OptionsOf {
  // Of the queue that the job is on, which a call may have chosen; and a run of before a schedule got another job is still of the old one.
  const known = new Map<string, Map<CatalogJob, OfSchedules>>();

  return (queue, job, schedule) => {
    const found = known.get(queue)?.get(job)?.get(schedule);
    if (found) return found;
    const options = layerOptions(...layersOf(config, { ...job, queue }, schedule).map((layer) => layer.options));
    const ofQueue = known.get(queue) ?? new Map<CatalogJob, OfSchedules>();
    const ofJob: OfSchedules = ofQueue.get(job) ?? new Map();
    known.set(queue, ofQueue.set(job, ofJob.set(schedule, options)));
    return options;
  };
}
