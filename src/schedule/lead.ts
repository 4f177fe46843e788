import type { Broker } from "../broker/broker.ts";
import { readLeads } from "../broker/store/leads.ts";
import { type RunnerRecord, readRunners } from "../broker/store/runners.ts";

export interface LeadOptions {
  readonly app: string;
  readonly release: string;
  /** Those that this process takes from. */
  readonly own: readonly string[];
  /** Among which to look. */
  readonly queues: readonly string[];
  /** A process that starts takes the lead as the first of its release; one that runs already only takes what nobody has. */
  readonly isStarting: boolean;
}

/**
 * The queues whose schedules are this process's to write. A release takes the lead with its first live process: one that starts
 * later, for instance again in the middle of the deploy of another release, leaves alone what it finds. Where no process of
 * the leading release lives any more, whoever is left takes over.
 */
export async function readLed(broker: Broker, options: LeadOptions): Promise<string[]> {
  const leads = await readLeads(broker, options.app);
  if (!options.isStarting && options.queues.every((queue) => leads.get(queue) === options.release)) return [];
  const runners = (await readRunners(broker)).filter((runner) => runner.syncs !== false);
  return planLead(options, leads, runners);
}

/** The decision alone. */
export function planLead(
  { app, release, own, queues, isStarting }: LeadOptions,
  leads: ReadonlyMap<string, string>,
  runners: readonly RunnerRecord[],
): string[] {
  const live = runners.filter((runner) => runner.app === app && runner.state !== "closing");
  // A queue without jobs is the business of those who have all the others.
  const has = (runner: RunnerRecord, queue: string) => {
    const its = runner.queues.map((each) => each.queue);
    return its.includes(queue) || (!own.includes(queue) && own.every((each) => its.includes(each)));
  };
  const lives = (release: string, queue: string) =>
    live.some((runner) => runner.release === release && has(runner, queue));

  return queues.filter((queue) => {
    const leader = leads.get(queue);
    if (leader === release) return isStarting;
    if (leader === undefined || !lives(leader, queue)) return true;
    return isStarting && !lives(release, queue);
  });
}
