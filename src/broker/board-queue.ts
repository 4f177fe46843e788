import type { RetryOptions } from "bullmq";
import { type Broker, redisOf } from "./broker.ts";

/** BullMQ's Queue, for Bull Board alone: nobody else looks into it. */
export interface BoardQueue {
  readonly name: string;
}

/** Opens a queue for people to look at. It writes nothing by being opened, and a record that cannot be read is no job. */
export async function openBoardQueue(broker: Broker, name: string): Promise<BoardQueue> {
  const { Job, Queue } = await import("bullmq");
  const redis = broker[redisOf];

  class BoardJob extends Job {
    /** All the attempts again: those of the past are used up. */
    override retry(state?: "completed" | "failed", options: RetryOptions = {}): Promise<void> {
      return super.retry(state, { resetAttemptsMade: true, resetAttemptsStarted: true, ...options });
    }
  }

  class WholeQueue extends Queue {
    protected override get Job() {
      return BoardJob as typeof Job; // BullMQ's type parameters allow no class of one type
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
