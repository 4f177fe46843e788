import { obliterateQueue as obliterate } from "../broker/act/obliterate-queue.ts";
import type { Broker } from "../broker/broker.ts";
import { TaskqError } from "../errors.ts";
import { readQueueStats } from "./queue-stats.ts";

/** Removes a queue and all that it holds. Throws USAGE where jobs run there or workers live, unless it is forced. */
export async function obliterateQueue(broker: Broker, name: string, force: boolean): Promise<void> {
  if (/[*?]/.test(name)) throw new TaskqError("USAGE", `"${name}" is a pattern: one queue at a time, by its name`);
  const [stats] = await readQueueStats(broker, [name]);
  if (!force && stats!.workers > 0) {
    throw new TaskqError("USAGE", `the queue ${name} has ${stats!.workers} live workers, which would make it anew`, {
      hint: "Stop them first, or add `--force`.",
    });
  }
  if ((await obliterate(broker, name, { force })) === "active") {
    throw new TaskqError("USAGE", `jobs of the queue ${name} run now`, {
      hint: "Wait for their end or cancel them, or add `--force`: then what they return is lost.",
    });
  }
}
