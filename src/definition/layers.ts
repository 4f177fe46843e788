import type { AnyJob } from "./job.ts";
import type { Layer } from "./lay-options.ts";
import type { ResolvedConfig } from "./resolved-config.ts";
import type { ScheduleDefinition } from "./schedule.ts";

interface Layered {
  readonly queue: string;
  readonly definition: AnyJob;
}

/** Who speaks of a job's options, the last word last. */
export function layersOf(
  config: Pick<ResolvedConfig, "defaults" | "queue">,
  { queue, definition }: Layered,
  schedule?: { readonly name: string; readonly definition: ScheduleDefinition },
): Layer[] {
  return [
    { from: "config: defaults", options: config.defaults },
    { from: `config: queues.${queue}`, options: config.queue(queue).options },
    { from: "the job", options: definition },
    ...(schedule ? [{ from: `the schedule ${schedule.name}`, options: schedule.definition }] : []),
  ];
}
