import type { Broker } from "../broker/broker.ts";
import { enqueue } from "../broker/enqueue.ts";
import { createJobId } from "../broker/job-id.ts";
import { readSchedules } from "../broker/schedulers.ts";

/** Enqueues one job of a schedule that the broker holds; its next tick stays. Returns the job's id, or undefined where there is no such schedule. */
export async function runScheduleNow(broker: Broker, queue: string, name: string): Promise<string | undefined> {
  const schedule = (await readSchedules(broker, queue)).find((each) => each.name === name);
  if (!schedule) return undefined;
  const id = createJobId();
  await enqueue(broker, {
    id,
    given: false,
    job: schedule.job,
    queue,
    args: Object(schedule.args),
    delayMs: 0,
    priority: 0,
    attempts: undefined,
    timeoutMs: undefined,
  });
  return id;
}
