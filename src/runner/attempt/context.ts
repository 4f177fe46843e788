import type { JobContext } from "../../definition/context.ts";
import { type Duration, parseDuration } from "../../definition/duration.ts";
import type { EnqueueOptions, Receipt } from "../../definition/enqueue.ts";
import type { LogMethod } from "../../definition/logger.ts";
import { showValue } from "../../definition/show-value.ts";
import { TaskqError } from "../../errors.ts";
import { type Attempt, signalOf } from "./attempt.ts";
import { createLeave, type Leave } from "./leave.ts";

/** What a context does with the outside world: a worker's goes to the broker, `taskq run`'s to the terminal. */
export interface ContextPort {
  readonly log: (attempt: Attempt, level: LogLevel, fields: object, message: string) => void;
  readonly progress: (attempt: Attempt, value: number | object) => Promise<void>;
  readonly enqueue: (attempt: Attempt, job: unknown, args: unknown, options?: EnqueueOptions) => Promise<Receipt>;
  /** Hears of `heartbeat()`, where the attempt is looked after elsewhere. */
  readonly beat?: (attempt: Attempt) => void;
}

export type LogLevel = "debug" | "info" | "warn" | "error";

interface OwnContext {
  readonly own: Attempt;
  readonly port: ContextPort;
}

/** The second parameter of a handler. All that it offers is made when first asked for: most jobs ask for little. */
export function createContext(attempt: Attempt, state: JobContext["state"], port: ContextPort): JobContext {
  const context = Object.create(offers);
  context.own = attempt;
  context.state = state;
  context.port = port;
  return context;
}

const offers = {
  get job() {
    const { id, job, queue, enqueuedAtMs, args, meta = {} } = deliveryOf(this);
    return { id, name: job, queue, enqueuedAtMs, args, meta };
  },
  get attempt() {
    return deliveryOf(this).attempt;
  },
  get signal() {
    return signalOf(own(this).own);
  },
  get log() {
    const { own: attempt, port } = own(this);
    return createLog((level, fields, message) => {
      beat(attempt);
      port.log(attempt, level, fields, message);
    });
  },
  get progress() {
    const { own: attempt, port } = own(this);
    return (value: number | object) => {
      beat(attempt);
      attempt.progress = value;
      return port.progress(attempt, value);
    };
  },
  get heartbeat() {
    const { own: attempt, port } = own(this);
    return () => {
      beat(attempt);
      port.beat?.(attempt);
    };
  },
  get enqueue() {
    const { own: attempt, port } = own(this);
    return (job: unknown, args: unknown = {}, options?: EnqueueOptions) => {
      beat(attempt);
      return port.enqueue(attempt, job, args, options);
    };
  },
  get reschedule() {
    return leaver(own(this).own, "rescheduled");
  },
  get rateLimit() {
    return leaver(own(this).own, "rateLimited");
  },
  get scheduledFor() {
    const { tickMs } = deliveryOf(this);
    return tickMs === undefined ? null : new Date(tickMs);
  },
} satisfies Omit<JobContext, "state">;

const own = (context: object): OwnContext => context as OwnContext;
const deliveryOf = (context: object) => own(context).own.delivery;

function beat(attempt: Attempt): void {
  attempt.lastBeatMs = Date.now();
}

function leaver(attempt: Attempt, kind: Leave["kind"]) {
  return (delay: Duration): never => {
    const delayMs = parseDuration(delay);
    if (delayMs === undefined) {
      throw new TaskqError("USAGE", `the delay ${showValue(delay)} is no length of time`, {
        hint: "Write it as 30s, 5m, 1h30m or 7d.",
      });
    }
    attempt.leaving = createLeave({ kind, delayMs });
    throw attempt.leaving;
  };
}

function createLog(write: (level: LogLevel, fields: object, message: string) => void): JobContext["log"] {
  const method =
    (level: LogLevel): LogMethod =>
    (first: object | string, message?: string) =>
      typeof first === "string" ? write(level, {}, first) : write(level, first, message ?? "");

  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") };
}
