import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/**
 * What happened to a schedule: `completed` and `failed` are ends of runs; `caught-up` and `manual` say why one was begun
 * at another time than its tick; a `missed` tick had no run, a `skipped` one met a run that was not done.
 */
export type HistoryKind = "completed" | "failed" | "missed" | "skipped" | "caught-up" | "manual" | "paused" | "resumed";

export interface HistoryEntry {
  /** When it was noted. */
  readonly atMs: number;
  readonly kind: HistoryKind;
  /** How many ticks: like ones in a row are one entry. */
  readonly count: number;
  /** The tick, or the first of them. */
  readonly tickMs: number | undefined;
  /** The last of them. */
  readonly lastTickMs: number | undefined;
  /** The job's id, as people know it. */
  readonly id: string | undefined;
  readonly durationMs: number | undefined;
  readonly reason: string | undefined;
}

/** The latest entries of a schedule, the newest first: at most `count`, and no more than the store keeps. */
export async function readHistory(
  broker: Broker,
  { queue, name }: SchedulePlace,
  count: number,
): Promise<HistoryEntry[]> {
  const key = storeKeys(broker.prefix).scheduleHistory(queue, name);
  const texts = await told(broker, () => broker[redisOf].lrange(key, 0, count - 1));
  return texts.map((text) => toEntry(JSON.parse(String(text))));
}

/** As the scripts write it; a field that is not there says nothing. */
interface Stored {
  readonly at: number;
  readonly kind: HistoryKind;
  readonly count?: number;
  readonly tick?: number;
  readonly last?: number;
  readonly id?: string;
  readonly ms?: number;
  readonly reason?: string;
}

function toEntry({ at, kind, count = 1, tick, last, id, ms, reason }: Stored): HistoryEntry {
  return { atMs: at, kind, count, tickMs: tick, lastTickMs: last ?? tick, id, durationMs: ms, reason };
}
