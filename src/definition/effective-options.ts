import { parseDuration } from "./duration.ts";
import type { Backoff, BackoffFunction, JobOptions } from "./job.ts";
import { layOptions } from "./lay-options.ts";
import { parseSize } from "./size.ts";

/** What holds for one job once its layers are laid over each other. */
export interface EffectiveOptions {
  readonly attempts: number;
  readonly backoff: Backoff | BackoffFunction | undefined;
  readonly timeoutMs: number;
  readonly heartbeatMs: number | undefined;
  readonly autoHeartbeat: boolean;
  readonly maxInterruptions: number;
  readonly isolate: boolean;
  readonly maxMemoryBytes: number | undefined;
}

/** Lays the layers over each other, the later over the earlier: config defaults, queue, job, schedule. */
export function layerOptions(...layers: readonly (JobOptions | undefined)[]): EffectiveOptions {
  const laid = layOptions(layers.map((options) => ({ from: "", options })));
  const options: JobOptions = Object.fromEntries([...laid].map(([option, { value }]) => [option, value]));

  return {
    attempts: options.attempts!,
    backoff: options.backoff,
    timeoutMs: parseDuration(options.timeout)!,
    heartbeatMs: parseDuration(options.heartbeat),
    autoHeartbeat: options.autoHeartbeat === true,
    maxInterruptions: options.maxInterruptions!,
    isolate: options.isolate === true,
    maxMemoryBytes: parseSize(options.maxMemory),
  };
}
