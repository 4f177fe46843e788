import { AggregatorRegistry } from "prom-client";
import type { Exported } from "./metrics.ts";

/** The metrics of several processes as those of one: counts are added up, each gauge says for itself how. */
export function mergeMetrics(all: readonly Exported[]): Promise<string> {
  return AggregatorRegistry.aggregate([...all]).metrics();
}
