import type { Broker } from "../broker/broker.ts";
import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import { readStoredSchedules } from "../broker/schedules/stored-schedules.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import { TaskqError } from "../errors.ts";
import { suggestSchedule } from "./suggest.ts";

/** The schedule of a name as the broker holds it. Needs no config: whatever is not there cannot be paused, run or looked at. */
export async function findSchedule(broker: Broker, name: string, queue?: string): Promise<StoredSchedule> {
  const queues = queue === undefined ? await readQueueNames(broker) : [queue];
  const stored = await readStoredSchedules(broker, queues);
  const [found, other] = stored.filter((schedule) => schedule.name === name);
  if (found && other) {
    throw new TaskqError("USAGE", `the schedule "${name}" stands in ${found.queue} and ${other.queue}`, {
      hint: "Say which with `--queue <name>`.",
    });
  }
  if (found) return found;
  const names = stored.map((schedule) => schedule.name).sort();
  throw new TaskqError("SCHEDULE_NOT_FOUND", `no schedule of the broker is named "${name}"`, {
    hint: suggestSchedule(name, names, true),
  });
}
