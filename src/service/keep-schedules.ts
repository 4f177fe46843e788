import type { Broker } from "../broker/broker.ts";
import { bearableSkewMs, readSkew } from "../broker/schedules/read-skew.ts";
import { readLeads } from "../broker/store/leads.ts";
import { findGaps } from "../schedule/find-gaps.ts";
import { readLed } from "../schedule/lead.ts";
import { mendSchedules } from "../schedule/mend.ts";
import { type SyncOptions, syncSchedules } from "../schedule/sync.ts";
import type { Identity } from "./identity.ts";
import type { ServiceOptions } from "./parts.ts";

/** What a process that may write schedules does for them. */
export interface ScheduleKeeper {
  /** Before the first job is taken. */
  readonly atStart: () => Promise<void>;
  readonly atBeat: () => Promise<void>;
}

const everyBeats = 5;

export function createScheduleKeeper(
  options: ServiceOptions,
  broker: Broker,
  { app, release }: Pick<Identity, "app" | "release">,
): ScheduleKeeper {
  const { catalog, queues: own, onEvent } = options;
  const isWhole = catalog.queues.every((queue) => own.includes(queue));
  const scheduled = own.filter((queue) => catalog.schedules.some(({ job }) => job.queue === queue));
  let beats = 0;
  let vacant = new Set<string>();

  /** A process of some queues leaves the schedules of all others alone, also those whose jobs are gone. */
  const isSelected = (queue: string) => isWhole || own.includes(queue);

  async function sync(select: SyncOptions["select"]): Promise<void> {
    const { written, removed, foreign } = await syncSchedules({ broker, catalog, app, release, select });
    if (written.length + removed.length > 0) onEvent({ type: "schedulesSynced", written, removed });
    for (const name of foreign) {
      onEvent({ type: "warning", message: `the schedule ${name} is another app's in this broker: it was left alone` });
    }
  }

  const ledOf = (queues: readonly string[], isStarting: boolean) =>
    readLed(broker, { app, release, own, queues, isStarting });

  /** Where the process that wrote the schedules has gone for good, they may be another release's than any that lives. */
  async function takeOver(): Promise<void> {
    const led = await ledOf(own, false);
    const again = led.filter((queue) => vacant.has(queue));
    vacant = new Set(led);
    if (again.length > 0) await sync(() => ledOf(again, false));
  }

  /** What somebody has removed while we live is written again too: a schedule goes with its declaration. */
  async function fillGaps(): Promise<void> {
    const look = (queues: readonly string[]) => findGaps(broker, { catalog, app, release, queues });
    const found = await look(scheduled);
    if (found.length > 0) await sync(() => look(found)); // whoever was just writing them is done by then
  }

  return {
    async atStart() {
      const { aheadMs } = await readSkew(broker);
      if (Math.abs(aheadMs) > bearableSkewMs) onEvent({ type: "warning", message: saySkew(aheadMs) });
      if (!options.schedules) return;
      await sync((queues) => ledOf(queues.filter(isSelected), true));
      const leads = await readLeads(broker, app);
      const leader = scheduled.map((queue) => leads.get(queue)).find((lead) => lead !== release);
      if (leader !== undefined) onEvent({ type: "schedulesLed", release: leader });
    },
    async atBeat() {
      if (!options.schedules || scheduled.length === 0) return;
      const isTurn = ++beats % everyBeats === 0;
      const mended = await mendSchedules({ broker, app, queues: scheduled, withAhead: isTurn });
      for (const { name, reason } of mended) onEvent({ type: "scheduleMended", schedule: name, reason });
      if (!isTurn) return;
      await takeOver();
      await fillGaps();
    },
  };
}

function saySkew(aheadMs: number): string {
  const seconds = Math.abs(aheadMs / 1_000).toFixed(1);
  return `this host's clock is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} the broker's: schedules and delays go by it`;
}
