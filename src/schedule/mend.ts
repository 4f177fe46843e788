import type { Broker } from "../broker/broker.ts";
import { bearableSkewMs, readSkew } from "../broker/schedules/read-skew.ts";
import { type NewSchedule, readSchedules, type StoredSchedule } from "../broker/schedules/schedulers.ts";
import { underLock } from "../broker/schedules/under-lock.ts";
import { wakeRun } from "../broker/schedules/wake-run.ts";
import { storeKeys } from "../broker/store/keys.ts";
import { type OddSchedule, readOddSchedules } from "../broker/store/odd-schedules.ts";
import { readOpenTicks } from "../broker/store/open-ticks.ts";
import { tickAfter } from "../cron/walk-plan.ts";
import { replaceSchedule } from "./replace.ts";

export interface MendOptions {
  readonly broker: Broker;
  readonly app: string;
  readonly queues: readonly string[];
  /** Also looks for what a clock that went back has left: dearer, so not each time. */
  readonly withAhead: boolean;
}

/** A schedule that was set right, and why. */
export interface Mended {
  readonly name: string;
  readonly reason: string;
}

/**
 * Keeps schedules going where the broker alone would not: a due job that the worker's slow clock holds back is let go, a next
 * run that is gone is made anew, and a schedule that a clock once put ahead of the time comes back to it.
 */
export async function mendSchedules({ broker, app, queues, withAhead }: MendOptions): Promise<Mended[]> {
  const odd = await readOddSchedules(broker, queues, { withAhead });
  for (const { what, queue, name, nextMs } of odd) {
    if (what === "delayed") await wakeRun(broker, { queue, id: `repeat:${name}:${nextMs}` });
  }
  const broken = odd.filter(({ what }) => what !== "delayed");
  if (broken.length === 0) return [];
  // To write a schedule is to go by one's own clock.
  const { aheadMs, nowMs } = await readSkew(broker);
  if (Math.abs(aheadMs) > bearableSkewMs) return [];

  return underLock(broker, storeKeys(broker.prefix).syncLock(app), async () => {
    const mended: Mended[] = [];
    for (const found of broken) {
      const stored = (await readSchedules(broker, found.queue)).find(({ name }) => name === found.name);
      if (stored?.app !== app || stored.nextMs !== found.nextMs) continue;
      const reason = await mend(broker, stored as NewSchedule & StoredSchedule, found.what, nowMs).catch(
        () => undefined,
      );
      if (reason !== undefined) mended.push({ name: found.name, reason });
    }
    return mended;
  });
}

/** Why it was mended; undefined where there was nothing to mend yet. */
async function mend(
  broker: Broker,
  stored: NewSchedule & StoredSchedule,
  what: OddSchedule["what"],
  nowMs: number,
): Promise<string | undefined> {
  const reason = what === "gone" ? "its next run was gone" : "the clock went back";
  if (what === "ahead" && !(await isTooFar(broker, stored, nowMs))) return undefined;
  await replaceSchedule(broker, stored, stored, reason);
  return reason;
}

/** Whether a tick that has had no run yet comes before its next one. Those that had one while the clock was ahead have none again. */
async function isTooFar(broker: Broker, stored: StoredSchedule, nowMs: number): Promise<boolean> {
  const { everyMs } = stored;
  const nextMs = stored.nextMs!;
  if (everyMs !== undefined) return nextMs - nowMs > everyMs + bearableSkewMs;
  const firstMs = tickAfter(stored, nowMs);
  if (firstMs === undefined || nextMs - firstMs <= bearableSkewMs) return false;
  return (await readOpenTicks(broker, stored, [firstMs])).length > 0;
}
