import { parseDuration } from "./duration.ts";
import type { Backoff, JobOptions } from "./job.ts";

/** What holds for one job once its layers are laid over each other. */
export interface EffectiveOptions {
  readonly attempts: number;
  readonly backoff: Backoff | undefined;
  readonly timeoutMs: number;
  readonly heartbeatMs: number | undefined;
  readonly autoHeartbeat: boolean;
  readonly maxInterruptions: number;
}

const builtIn = { attempts: 1, timeout: "1h", maxInterruptions: 10 } as const;

/** Lays the layers over each other, the later over the earlier: config defaults, queue, job, schedule. */
export function layerOptions(...layers: readonly (JobOptions | undefined)[]): EffectiveOptions {
  const options: JobOptions = Object.assign({}, builtIn, ...layers.map(said));

  return {
    attempts: options.attempts!,
    backoff: options.backoff,
    timeoutMs: parseDuration(options.timeout)!,
    heartbeatMs: parseDuration(options.heartbeat),
    autoHeartbeat: options.autoHeartbeat === true,
    maxInterruptions: options.maxInterruptions!,
  };
}

/** Without the keys whose value is undefined: to say nothing is not to say "none". */
function said(layer: JobOptions | undefined): JobOptions {
  return Object.fromEntries(Object.entries(layer ?? {}).filter(([, value]) => value !== undefined));
}
