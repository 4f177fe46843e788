import type { JobContext } from "../definition/context.ts";
import type { LogMethod } from "../definition/logger.ts";
import { type Attempt, signalOf } from "./attempt.ts";

/** What a context does with the outside world: a worker's goes to the broker, `taskq run`'s to the terminal. */
export interface ContextPort {
  readonly log: (attempt: Attempt, level: LogLevel, fields: object, message: string) => void;
  readonly progress: (attempt: Attempt, value: number | object) => Promise<void>;
}

export type LogLevel = "debug" | "info" | "warn" | "error";

/** The second parameter of a handler. */
export function createContext(attempt: Attempt, state: JobContext["state"], port: ContextPort): JobContext {
  const { delivery } = attempt;
  const beat = () => {
    attempt.lastBeatMs = Date.now();
  };

  return {
    job: { id: delivery.id, name: delivery.job, queue: delivery.queue, enqueuedAtMs: delivery.enqueuedAtMs },
    attempt: delivery.attempt,
    get signal() {
      return signalOf(attempt);
    },
    get log() {
      return createLog((level, fields, message) => {
        beat();
        port.log(attempt, level, fields, message);
      });
    },
    progress(value) {
      beat();
      return port.progress(attempt, value);
    },
    heartbeat: beat,
    state,
    get scheduledFor() {
      return delivery.tickMs === undefined ? null : new Date(delivery.tickMs);
    },
  };
}

function createLog(write: (level: LogLevel, fields: object, message: string) => void): JobContext["log"] {
  const method =
    (level: LogLevel): LogMethod =>
    (first: object | string, message?: string) =>
      typeof first === "string" ? write(level, {}, first) : write(level, first, message ?? "");

  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") };
}
