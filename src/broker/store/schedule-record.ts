import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { scheduleKeys, scheduleLua } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/** The latest run of a schedule that has ended, whoever ran it. */
export interface LastRun {
  /** When it started. */
  readonly atMs: number;
  /** The tick that it ran for; undefined where somebody asked for it. */
  readonly tickMs: number | undefined;
  readonly outcome: "completed" | "failed";
  /** What the handler returned, as JSON; undefined where it failed, or where that was too long to keep here. */
  readonly resultJson: string | undefined;
  /** Why it failed. */
  readonly error: string | undefined;
  /** Of its last attempt. */
  readonly durationMs: number;
  /** The job's id, as people know it. */
  readonly id: string;
}

/** That a schedule rests, since when, and at whose word. */
export interface Pause {
  readonly atMs: number;
  readonly by: string;
  readonly reason: string | null;
}

/** What the store knows of a schedule. All of it is empty for one that has never run. */
export interface ScheduleRecord {
  readonly last: LastRun | undefined;
  /** Runs that have ended, the failed too. */
  readonly runs: number;
  readonly failed: number;
  /** Ticks that no run was begun for. */
  readonly missed: number;
  /** Ticks passed over since the run before, or a job of the same unique key, was not done. */
  readonly skipped: number;
  readonly paused: Pause | undefined;
  /** Every tick before this one is accounted for: begun, skipped, caught up or recorded as missed. */
  readonly upToMs: number | undefined;
}

const read = `${scheduleLua}
settle()
return redis.call('HGETALL', record)`;

/** The records of schedules, in their order; one round trip for all. */
export async function readScheduleRecords(broker: Broker, places: readonly SchedulePlace[]): Promise<ScheduleRecord[]> {
  if (places.length === 0) return [];
  const pipeline = broker[redisOf].pipeline();
  for (const place of places) pipeline.eval(read, 4, ...scheduleKeys(broker.prefix, place), broker.prefix);
  const replies = await told(broker, async () => {
    const found = (await pipeline.exec()) ?? [];
    for (const [error] of found) if (error) throw error;
    return found;
  });
  return replies.map(([, flat]) => toRecord(flat as string[]));
}

function toRecord(flat: readonly string[]): ScheduleRecord {
  const fields = new Map<string, string>();
  for (let at = 0; at < flat.length; at += 2) fields.set(String(flat[at]), String(flat[at + 1]));
  const count = (name: string) => Number(fields.get(name) ?? 0);
  const moment = (name: string) => (fields.get(name) ? Number(fields.get(name)) : undefined);
  const pausedAtMs = moment("paused.at");

  return {
    last: toLast(fields, moment),
    runs: count("runs"),
    failed: count("failed"),
    missed: count("missed"),
    skipped: count("skipped"),
    paused:
      pausedAtMs === undefined
        ? undefined
        : { atMs: pausedAtMs, by: fields.get("paused.by") ?? "", reason: fields.get("paused.reason") || null },
    upToMs: moment("upTo"),
  };
}

function toLast(
  fields: ReadonlyMap<string, string>,
  moment: (name: string) => number | undefined,
): LastRun | undefined {
  const atMs = moment("last.at");
  if (atMs === undefined) return undefined;
  return {
    atMs,
    tickMs: moment("last.tick"),
    outcome: fields.get("last.outcome") === "failed" ? "failed" : "completed",
    resultJson: fields.get("last.result") || undefined,
    error: fields.get("last.error") || undefined,
    durationMs: moment("last.ms") ?? 0,
    id: fields.get("last.id") ?? "",
  };
}
