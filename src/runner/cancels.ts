import type { Broker } from "../broker/broker.ts";
import { cancelledMessage } from "../broker/store/cancel-record.ts";
import {
  type Cancellation,
  type CancelMark,
  readCancelMarks,
  removeCancelMark,
  standsCancelMark,
} from "../broker/store/cancels.ts";
import { reply } from "../broker/store/messages.ts";
import type { Delivery } from "../broker/worker/delivery.ts";
import { TaskqError } from "../errors.ts";
import { abortAttempt } from "./attempt/attempt.ts";
import type { Attempts } from "./attempt/attempts.ts";
import type { OnEvent } from "./events.ts";

/** The jobs of this process that somebody cancelled. */
export interface Cancels {
  /** A mark was made just now. */
  readonly take: (mark: CancelMark) => void;
  /** Why a job must not begin; undefined, and no more than a look at an empty map, as long as nothing is cancelled. */
  readonly refusal: (delivery: Delivery) => Promise<Error | undefined> | undefined;
  /** The job's end is stored. */
  readonly ended: (queue: string, id: string) => void;
  /** Reads the marks again: a message may have been lost. */
  readonly look: () => Promise<void>;
}

export interface CancelsOptions {
  readonly broker: Broker;
  readonly queues: readonly string[];
  readonly attempts: Attempts;
  readonly onEvent: OnEvent;
}

const causes = new WeakMap<object, Cancellation>();

/** Who cancelled, where that is why an attempt ended. By identity: a handler may throw an error of the same code. */
export const cancellationOf = (thrown: unknown): Cancellation | undefined =>
  typeof thrown === "object" && thrown !== null ? causes.get(thrown) : undefined;

/** Marks are heard as they are made, and kept in memory: nothing is asked for at a job's start. */
export function createCancels({ broker, queues, attempts, onEvent }: CancelsOptions): Cancels {
  const marks = new Map<string, CancelMark>();
  const keyOf = (queue: string, id: string) => `${queue} ${id}`;

  function take(mark: CancelMark): void {
    if (!queues.includes(mark.queue)) return;
    marks.set(keyOf(mark.queue, mark.id), mark);
    const attempt = attempts.find(mark.queue, mark.id);
    if (!attempt || attempt.abort) return;
    abortAttempt(attempt, { cause: "cancelled", error: toCancelError(mark), atMs: Date.now() });
    tell(attempt.delivery, mark);
  }

  function tell({ queue, job, id }: Delivery, mark: CancelMark): void {
    onEvent({ type: "cancelled", queue, job, id, by: mark.by, reason: mark.reason });
    reply(broker, mark, "aborted").catch(() => {}); // the mark stands, whether its writer hears of it or not
  }

  async function look(): Promise<void> {
    const before = [...marks];
    const stored = await readCancelMarks(broker);
    const standing = new Set(stored.map(({ queue, id }) => keyOf(queue, id)));
    for (const [key, mark] of before) if (!standing.has(key) && marks.get(key) === mark) marks.delete(key);
    for (const mark of stored) take(mark);
  }

  async function refuse(delivery: Delivery, mark: CancelMark): Promise<Error | undefined> {
    if (await standsCancelMark(broker, mark)) {
      tell(delivery, mark);
      return toCancelError(mark);
    }
    marks.delete(keyOf(mark.queue, mark.id));
    return undefined;
  }

  return {
    take,
    refusal(delivery) {
      if (marks.size === 0) return undefined;
      const mark = marks.get(keyOf(delivery.queue, delivery.id));
      return mark && refuse(delivery, mark);
    },
    ended(queue, id) {
      if (marks.size === 0) return;
      const mark = marks.get(keyOf(queue, id));
      if (!mark) return;
      marks.delete(keyOf(queue, id));
      removeCancelMark(broker, mark).catch(() => {}); // it expires
    },
    look,
  };
}

function toCancelError(mark: CancelMark): TaskqError {
  const error = new TaskqError("JOB_CANCELLED", cancelledMessage(mark));
  error.stack = error.message;
  causes.set(error, { by: mark.by, reason: mark.reason, atMs: mark.atMs });
  return error;
}
