import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { OnEvent } from "../../runner/events.ts";
import { type Child, createChild } from "./child.ts";
import { childTimes } from "./child-times.ts";
import type { ToChild, Told } from "./messages.ts";
import { type PoolHealth, poolHealth } from "./pool-health.ts";
import { createRollingRestart } from "./rolling-restart.ts";
import { createSeat, type Seat } from "./seat.ts";

export interface PoolOptions {
  readonly config: ResolvedConfig;
  readonly processes: number;
  /** Whether each process ends by itself when nothing is left to do. */
  readonly isBurst: boolean;
  readonly onEvent: OnEvent;
  /** The first process takes jobs. */
  readonly onReady: () => void;
}

/** Several worker processes under one parent. */
export interface Pool {
  readonly start: () => void;
  readonly tellAll: (message: ToChild) => void;
  readonly quiet: () => void;
  readonly resume: () => void;
  /** Replaces all processes, one after another. */
  readonly restart: () => void;
  readonly close: (reason: string) => void;
  readonly kill: () => void;
  readonly health: () => PoolHealth;
  /** What each process can tell of itself, of those that answer. */
  readonly ask: () => Promise<readonly Told[]>;
  /** Resolves with the worst exit code when no process is left. */
  readonly ended: Promise<number>;
}

export function createPool({ config, processes, isBurst, onEvent, onReady }: PoolOptions): Pool {
  const { startMs, closeMs } = childTimes(config);
  let isQuiet = false;
  let hasStarted = false;
  let isReady = false;
  let isClosing = false;
  let mistake: number | undefined;

  function launch(seat: number): Child {
    const child = createChild({
      seat,
      startMs,
      closeMs,
      onKilled: ({ pid }, afterMs, late) => onEvent({ type: "childKilled", seat, pid, afterMs, late }),
    });
    void child.started.then((hasBegun) => {
      if (!hasBegun || isReady) return;
      isReady = true;
      onReady();
    });
    if (isQuiet) child.tell({ type: "quiet" });
    if (!hasStarted) void child.checked.then((isRight) => isRight && startOthers());
    return child;
  }

  const seats: readonly Seat[] = Array.from({ length: processes }, (_, index) =>
    createSeat({
      number: index + 1,
      isBurst,
      launch,
      onEvent,
      onMistake(code) {
        mistake = code;
        close(`a process ended with ${code}`);
      },
    }),
  );

  const restart = createRollingRestart({ seats, isClosing: () => isClosing, onEvent });

  /** The first child has found no mistake: else each would say the same. */
  function startOthers(): void {
    if (hasStarted || isClosing) return;
    hasStarted = true;
    onEvent({ type: "poolStarted", processes, pid: process.pid });
    for (const seat of seats.slice(1)) seat.start();
  }

  function close(reason: string): void {
    if (isClosing) return;
    isClosing = true;
    const living = seats.flatMap((seat) => seat.living());
    if (hasStarted) onEvent({ type: "poolClosing", reason, processes: living.length, timeoutMs: closeMs });
    for (const seat of seats) seat.close(reason);
  }

  function tellAll(message: ToChild): void {
    for (const seat of seats) for (const child of seat.living()) child.tell(message);
  }

  return {
    start: () => void seats[0]!.start(),
    tellAll,
    quiet() {
      isQuiet = true;
      tellAll({ type: "quiet" });
    },
    resume() {
      isQuiet = false;
      tellAll({ type: "resume" });
    },
    restart() {
      if (hasStarted && !isClosing) restart(); // before that all are new
    },
    close,
    kill() {
      close("SIGINT");
      for (const seat of seats) for (const child of seat.living()) child.kill();
    },
    health: () => poolHealth(seats),
    async ask() {
      const told = await Promise.all(seats.flatMap((seat) => seat.living()).map((child) => child.ask()));
      return told.filter((each) => each !== undefined);
    },
    ended: Promise.all(seats.map(({ ended }) => ended)).then((codes) => {
      const code = mistake ?? Math.max(...codes);
      if (hasStarted) onEvent({ type: "poolClosed", code });
      return code;
    }),
  };
}
