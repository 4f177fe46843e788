import { createInterruption } from "../end/interruption.ts";
import { type Abort, type Attempt, abortAttempt, overdue } from "./attempt.ts";

/** All attempts of a process, under one timer. */
export interface Attempts {
  readonly start: (attempt: Attempt) => void;
  /** The handler has settled. */
  readonly end: (attempt: Attempt) => void;
  readonly all: () => readonly Attempt[];
  /** The latest of a job. */
  readonly find: (queue: string, id: string) => Attempt | undefined;
  /** Tells every handler that the process is closing. */
  readonly abortAll: () => void;
  readonly stop: () => void;
}

/** How long the end of a thread may take: one in native code, or in some tight loops, cannot be interrupted. */
const terminateMs = 2_000;

const lookEveryMs = 50;
/** A timer that is started and stopped with every short job would cost more than one that idles a while. */
const idleLooks = 40;

export function createAttempts(
  abortGraceMs: number,
  onAbandoned: (attempt: Attempt, reason: string) => void,
): Attempts {
  const running = new Set<Attempt>();
  let timer: NodeJS.Timeout | undefined;
  let idle = 0;

  function look(): void {
    const nowMs = Date.now();
    for (const attempt of running) enforce(attempt, nowMs);
    idle = running.size === 0 ? idle + 1 : 0;
    if (idle > idleLooks) stop();
  }

  function enforce(attempt: Attempt, nowMs: number): void {
    const { abort, abandoned } = attempt;
    if (abandoned) return;
    if (!abort) {
      const error = overdue(attempt, nowMs);
      if (error) abortAttempt(attempt, { cause: "timeout", error, atMs: nowMs });
      else if (attempt.autoHeartbeat) attempt.lastBeatMs = nowMs;
    } else if (abort.cause !== "closing") outlast(attempt, abort, nowMs - abort.atMs - abortGraceMs);
  }

  /** A handler that goes on `ms` after its grace. */
  function outlast(attempt: Attempt, { error }: Abort, ms: number): void {
    if (ms < 0) return;
    if (attempt.terminate && ms < terminateMs) attempt.terminate();
    else {
      attempt.abandoned = true;
      attempt.giveUp(error);
      onAbandoned(attempt, error.message);
    }
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    idle = 0;
  }

  return {
    start(attempt) {
      running.add(attempt);
      timer ??= setInterval(look, lookEveryMs);
    },
    end(attempt) {
      attempt.isOver = true;
      running.delete(attempt);
    },
    all: () => [...running],
    // An abandoned handler may go on beside the next attempt of its job.
    find: (queue, id) => [...running].findLast(({ delivery }) => delivery.queue === queue && delivery.id === id),
    abortAll() {
      const error = createInterruption("the worker is closing");
      for (const attempt of running) abortAttempt(attempt, { cause: "closing", error, atMs: Date.now() });
    },
    stop,
  };
}
