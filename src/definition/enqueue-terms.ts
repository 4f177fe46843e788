import type { Duration } from "./duration.ts";
import type { EnqueueDefaults } from "./job.ts";
import { type Layer, layOptions } from "./lay-options.ts";
import { parseSize } from "./size.ts";

/** What holds for a job when it is enqueued, as far as the call says nothing. */
export interface EnqueueTerms {
  readonly priority: number;
  readonly delay: Duration | undefined;
  readonly unique: NonNullable<EnqueueDefaults["unique"]>;
  readonly maxArgsSize: number;
}

/** Lays the layers over each other, the later over the earlier. */
export function enqueueTerms(layers: readonly Layer[]): EnqueueTerms {
  const laid = layOptions(layers);
  const said = (option: keyof EnqueueDefaults) => laid.get(option)?.value;

  return {
    priority: said("priority") as number,
    delay: said("delay") as EnqueueTerms["delay"],
    unique: said("unique") as EnqueueTerms["unique"],
    maxArgsSize: parseSize(said("maxArgsSize"))!,
  };
}
