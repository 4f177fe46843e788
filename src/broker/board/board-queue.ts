import type { RetryOptions } from "bullmq";
import { retryJob } from "../act/retry-job.ts";
import { type Broker, redisOf } from "../broker.ts";
import { readState } from "../look/read-state.ts";

/** BullMQ's Queue, for Bull Board alone: nobody else looks into it. */
export interface BoardQueue {
  readonly name: string;
}

/** Opens a queue for people to look at. It writes nothing by being opened, and a record that cannot be read is no job. */
export async function openBoardQueue(broker: Broker, name: string): Promise<BoardQueue> {
  const { Job, Queue } = await import("bullmq");
  const redis = broker[redisOf];

  class BoardJob extends Job {
    #isAlone = false;

    /** Bull Board asks it of a job that somebody looks at or retries alone, and of no other. */
    override getState() {
      this.#isAlone = true;
      return readState(broker, name, this.id!);
    }

    /** All the attempts again: those of the past are used up. Among many, one that is refused does not stop the others. */
    override async retry(state: "completed" | "failed" = "failed", options: RetryOptions = {}): Promise<void> {
      if (state === "completed") {
        return super.retry(state, { resetAttemptsMade: true, resetAttemptsStarted: true, ...options });
      }
      const outcome = await retryJob(broker, name, this.id!);
      if (outcome.kind === "refused" && this.#isAlone) throw new Error(outcome.reason);
    }
  }

  class WholeQueue extends Queue {
    protected override get Job() {
      return BoardJob as typeof Job; // BullMQ's type parameters allow no class of one type
    }

    override getJobState(id: string) {
      return readState(broker, name, id);
    }

    /** One broken record would hide all the jobs of its list. */
    // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own types
    override getJob(id: string): Promise<any> {
      return super.getJob(id).catch((error: unknown) => {
        if (redis.status !== "ready") throw error;
        return undefined;
      });
    }
  }

  const queue = new WholeQueue(name, {
    connection: redis,
    prefix: broker.prefix,
    skipWaitingForReady: broker.kind !== "endless",
    skipVersionCheck: true,
    skipMetasUpdate: true, // a look must not set another program's options
  });
  queue.on("error", () => {}); // told by the connection
  return queue;
}
