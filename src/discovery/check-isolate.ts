import { layOptions } from "../definition/lay-options.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { CatalogJob } from "./catalog.ts";
import type { Problem } from "./problem.ts";

/** A job that limits its memory and shares it with all others: the limit would be none. */
export function checkIsolate(job: CatalogJob, config: ResolvedConfig): Problem[] {
  const { name, file, definition } = job;
  if (definition.maxMemory === undefined) return [];
  const isolate = layOptions(layersOf(config, job)).get("isolate");
  if (isolate?.value === true) return [];
  return [
    {
      code: "JOB_INVALID",
      message: `the job ${name}: maxMemory limits an isolated job only`,
      file,
      hint: "Say `isolate: true` too, or leave `maxMemory` out.",
    },
  ];
}
