import type { EnqueueDefaults, JobOptions } from "./job.ts";

/** One who may say something of a job's options. */
export interface Layer {
  /** As `job show --definition` names it. */
  readonly from: string;
  readonly options: (JobOptions & EnqueueDefaults) | undefined;
}

/** What holds for one option, and which layer said so. */
export interface Said {
  readonly value: unknown;
  readonly from: string;
}

const builtIn: Layer = {
  from: "built in",
  options: {
    attempts: 1,
    timeout: "1h",
    autoHeartbeat: false,
    maxInterruptions: 10,
    isolate: false,
    priority: 0,
    unique: false,
    maxArgsSize: "1mb",
  },
};

/** The layers over what is built in, the later over the earlier. To say `undefined` is to say nothing. */
export function layOptions(layers: readonly Layer[]): ReadonlyMap<string, Said> {
  return new Map(
    [builtIn, ...layers].flatMap(({ from, options = {} }) =>
      Object.entries(options)
        .filter(([, value]) => value !== undefined)
        .map(([option, value]) => [option, { value, from }] as const),
    ),
  );
}
