import type { Broker } from "../broker.ts";
import { told } from "../broker-error.ts";
import { queueOf } from "../queues.ts";
import { repeatStrategy } from "../repeat-strategy.ts";
import type { OurRepeatOptions } from "../to-plan.ts";
import { type NewSchedule, type ScheduleMark, tickOf } from "./schedulers.ts";

/**
 * Writes a schedule, and returns when it runs next: undefined where its end has come, and then nothing is written. One that is
 * there already is replaced, and its overdue run with it.
 */
export async function writeSchedule(broker: Broker, schedule: NewSchedule): Promise<number | undefined> {
  const { name, queue: queueName, job, args, app, overlap, catchUp, catchUpWindowMs, priority } = schedule;
  const { cron, everyMs, timezone, startMs, endMs, jitterMs = 0 } = schedule;
  if (endMs !== undefined && endMs < Date.now()) return undefined;
  const queue = await queueOf(broker, queueName);
  const late = jitterMs > 0 && { jitterMs };
  const repeat = {
    ...(cron === undefined ? { every: everyMs! } : { pattern: cron, tz: timezone, ...late }),
    ...(startMs !== undefined && { startDate: startMs }),
    ...(endMs !== undefined && { endDate: endMs }),
  };
  // The mark in `opts` survives every run: it says whose the schedule is, and its rules to workers that do not declare it.
  const window = catchUpWindowMs !== undefined && { catchUpWindowMs };
  const taskq: ScheduleMark = { app, overlap, catchUp, ...window, ...late };
  const opts = { taskq, ...(priority > 0 && { priority }) };
  const next = await told(broker, () =>
    afterTaken(repeat, (prevMillis) =>
      queue.upsertJobScheduler(name, repeat, { name: job, data: args, opts: { ...opts, ...prevMillis } }),
    ),
  );
  return next?.id === undefined ? undefined : tickOf(next.id);
}

/** BullMQ's SchedulerJobIdCollision. */
const takenCode = -10;
const mostTaken = 100;

/** Where a worker whose clock is faster has had the next tick of a cron already, it is the turn of the one after it. */
async function afterTaken<Written>(
  repeat: OurRepeatOptions,
  write: (said: { prevMillis?: number }) => Promise<Written>,
): Promise<Written> {
  let said: { prevMillis?: number } = {};
  for (let taken = 0; ; taken++) {
    try {
      return await write(said);
    } catch (error) {
      if ((error as { code?: unknown }).code !== takenCode || taken === mostTaken) throw error;
      const afterMs = Math.max(said.prevMillis ?? 0, Date.now());
      said = { prevMillis: repeatStrategy(afterMs, repeat) ?? afterMs };
    }
  }
}
