import type { Broker } from "../broker/broker.ts";
import { type HistoryKind, readHistory } from "../broker/store/schedule-history.ts";
import { findSchedule } from "./find.ts";

/** One thing that happened to a schedule. Times are ISO 8601 in UTC. */
export interface ScheduleHistoryEntry {
  readonly at: string;
  readonly kind: HistoryKind;
  /** How many ticks: like ones in a row are one entry. */
  readonly count: number;
  /** The tick, or the first of them; null where it is about none. */
  readonly tick: string | null;
  /** The last of them. */
  readonly lastTick: string | null;
  readonly id: string | null;
  readonly durationMs: number | null;
  readonly reason: string | null;
}

export interface ScheduleHistoryOptions {
  /** Where two queues have a schedule of the name. */
  readonly queue?: string | undefined;
  /** At most so many. */
  readonly count: number;
}

/** What happened to a schedule, the newest first. */
export async function readScheduleHistory(
  broker: Broker,
  name: string,
  { queue, count }: ScheduleHistoryOptions,
): Promise<ScheduleHistoryEntry[]> {
  const schedule = await findSchedule(broker, name, queue);
  const entries = await readHistory(broker, schedule, count);
  return entries.map(({ atMs, kind, count, tickMs, lastTickMs, id, durationMs, reason }) => ({
    at: new Date(atMs).toISOString(),
    kind,
    count,
    tick: toTime(tickMs),
    lastTick: toTime(lastTickMs),
    id: id ?? null,
    durationMs: durationMs ?? null,
    reason: reason ?? null,
  }));
}

const toTime = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
