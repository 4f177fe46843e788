import { readSchedules, type StoredSchedule } from "../../src/broker/schedules/schedulers.ts";
import { readScheduleRecords, type ScheduleRecord } from "../../src/broker/store/schedule-record.ts";
import { readScheduleHistory, type ScheduleHistoryEntry } from "../../src/schedule/history.ts";
import { syncSchedules } from "../../src/schedule/sync.ts";
import type { App } from "./setup.ts";

/** Puts a project's schedules into the broker, as the first process of a release does. */
export const syncAll = (app: App, release = "r1") =>
  syncSchedules({ broker: app.broker, catalog: app.catalog, app: app.config.app, release, select: (queues) => queues });

export async function storedOf(app: App, name: string): Promise<StoredSchedule> {
  return (await readSchedules(app.broker, "work")).find((schedule) => schedule.name === name)!;
}

/**
 * Makes the broker look as if no worker had been there since a tick so long ago: the schedule's next job is that tick's.
 * Returns the tick.
 */
export async function putBackBy(app: App, name: string, ms: number): Promise<number> {
  const { redis, prefix } = app;
  const { nextMs } = await storedOf(app, name);
  const tick = nextMs! - ms;
  const [queue, id, oldId] = [`${prefix}:work:`, `repeat:${name}:${tick}`, `repeat:${name}:${nextMs}`];
  await redis.rename(queue + oldId, queue + id);
  const opts = JSON.parse((await redis.hget(queue + id, "opts"))!);
  await redis.hset(queue + id, "opts", JSON.stringify({ ...opts, prevMillis: tick, jobId: id }));
  await redis.zrem(`${queue}delayed`, oldId);
  await redis.lrem(`${queue}wait`, 1, oldId);
  await redis.zadd(`${queue}delayed`, tick * 4_096, id);
  await redis.zadd(`${queue}marker`, tick, "1");
  await redis.zadd(`${queue}repeat`, tick, name);
  await redis.hset(`${prefix}:taskq:schedule:work:${name}`, "upTo", tick, "planFrom", tick);
  return tick;
}

/** The record of a schedule, once it is as it should be: records are written after a job's end. */
export async function recordOf(
  app: App,
  name: string,
  isDone: (record: ScheduleRecord) => boolean,
): Promise<ScheduleRecord> {
  for (const untilMs = Date.now() + 90_000; ; ) {
    const [record] = await readScheduleRecords(app.broker, [{ queue: "work", name }]);
    if (isDone(record!)) return record!;
    if (Date.now() > untilMs) throw new Error(`the record stays ${JSON.stringify(record)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const historyOf = (app: App, name: string, count = 100): Promise<ScheduleHistoryEntry[]> =>
  readScheduleHistory(app.broker, name, { count });
