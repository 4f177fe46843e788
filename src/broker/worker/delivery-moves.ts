import { Job } from "bullmq";
import { type Broker, redisOf } from "../broker.ts";
import { untilAccepted } from "../refusal.ts";
import { cancelledField } from "../store/cancel-record.ts";
import { limitQueue } from "../store/limit-queue.ts";
import type { Delivery } from "./delivery.ts";
import { type HeldJob, noteUnderLock } from "./note-under-lock.ts";
import { toBrokerBackoff } from "./own-backoff.ts";
import type { SteadyWorker } from "./steady-worker.ts";

/** What a delivery knows that only this room may see. */
export interface Held {
  /** A function, for a handler that prints its context must not print the connection's password with it. */
  readonly [jobOf]: () => Job;
  readonly [tokenOf]: string;
}

export const jobOf: unique symbol = Symbol("job");
export const tokenOf: unique symbol = Symbol("token");

export type Moves = Pick<
  Delivery,
  | "applyEnd"
  | "noteAttempts"
  | "noteCancelled"
  | "log"
  | "progress"
  | "putBack"
  | "putOff"
  | "rateLimit"
  | "isFirstSinceStall"
  | "countInterruptions"
  | "firstUnknownAtMs"
  | "forgetUnknown"
>;

/** A field of ours in the job's hash. */
export const attemptsField = "taskq:attempts";

/** How often we gave the job back: BullMQ counts that as a start, we do not count it as an interruption. */
export const putBacksField = "taskq:putBacks";

/** How many lines of its log are kept with a job. */
const keptLines = 1_000;

/** When a worker first met the job without knowing its name. */
export const unknownSinceField = "taskq:unknownSince";

/** After which of its stalls the job was last held back. */
export const spreadField = "taskq:spread";

/** What the deliveries of one worker can do. */
export function createMoves(queue: SteadyWorker, broker: Broker): Moves {
  const redis = broker[redisOf];
  const hashOf = (job: Job) => queue.toKey(job.id!);
  const heldOf = (held: Held): HeldJob => ({ queue: queue.name, id: held[jobOf]().id!, token: held[tokenOf] });

  return {
    applyEnd(this: Held, attempts, backoff, isKept) {
      const { opts } = this[jobOf]();
      opts.attempts = attempts;
      if (backoff && !opts.backoff) opts.backoff = toBrokerBackoff(backoff);
      if (!isKept) opts.removeOnComplete = true;
    },
    async noteAttempts(this: Held) {
      await noteUnderLock(broker, heldOf(this), "HSET", attemptsField, this[jobOf]().opts.attempts ?? 1);
    },
    async noteCancelled(this: Held, cancellation) {
      await noteUnderLock(broker, heldOf(this), "HSET", cancelledField, JSON.stringify(cancellation));
    },
    async log(this: Held, line) {
      await Job.addJobLog(queue, this[jobOf]().id!, line, keptLines);
    },
    progress(this: Held, value) {
      return this[jobOf]().updateProgress(value);
    },
    putBack(this: Held) {
      return leave(this, () => this[jobOf]().moveToWait(this[tokenOf]));
    },
    putOff(this: Held, ms) {
      return leave(this, () => this[jobOf]().moveToDelayed(Date.now() + ms, this[tokenOf]));
    },
    rateLimit(this: Held, ms) {
      return leave(this, async () => {
        await limitQueue(redis, queue, ms);
        await this[jobOf]().moveToWait(this[tokenOf]);
      });
    },
    isFirstSinceStall(this: Held) {
      const job = this[jobOf]();
      return untilAccepted(async () => {
        if (Number(await redis.hget(hashOf(job), spreadField)) === job.stalledCounter) return false;
        await noteUnderLock(broker, heldOf(this), "HSET", spreadField, job.stalledCounter);
        return true;
      });
    },
    async countInterruptions(this: Held) {
      const job = this[jobOf]();
      const ownPutBacks = await untilAccepted(() => redis.hget(hashOf(job), putBacksField));
      return job.attemptsStarted - job.attemptsMade - 1 - Number(ownPutBacks ?? 0);
    },
    firstUnknownAtMs(this: Held, nowMs) {
      const job = this[jobOf]();
      return untilAccepted(async () => {
        await noteUnderLock(broker, heldOf(this), "HSETNX", unknownSinceField, nowMs);
        return Number((await redis.hget(hashOf(job), unknownSinceField)) ?? nowMs);
      });
    },
    async forgetUnknown(this: Held) {
      await redis.hdel(hashOf(this[jobOf]()), unknownSinceField);
    },
  };

  /** The job goes back to the queue, and this is no interruption. */
  async function leave(held: Held, move: () => Promise<unknown>): Promise<void> {
    await untilAccepted(() => noteUnderLock(broker, heldOf(held), "HINCRBY", putBacksField, 1));
    await untilAccepted(move);
    queue.held.delete(held[jobOf]().id!);
  }
}
