import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { poolSeat } from "../../config/pool-seat.ts";
import type { HealthReport } from "../operate.ts";
import type { ToChild, Told, ToParent } from "./messages.ts";

export interface ChildOptions {
  readonly seat: number;
  /** Its command line, after the program's name. Default: this process's own. */
  readonly words?: readonly string[] | undefined;
  /** Variables that it gets beside those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** How long it may take to start before it is killed. */
  readonly startMs: number;
  /** How long it may take to close before it is killed. */
  readonly closeMs: number;
  readonly onKilled: (child: Child, afterMs: number, late: "start" | "end") => void;
}

export interface ChildEnd {
  /** As a shell says it: 128 and the signal's number for a process that a signal ended. */
  readonly exitCode: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly ranMs: number;
  readonly hasStarted: boolean;
  /** It ended because it had reached a limit. */
  readonly isRecycled: boolean;
}

/** One process of a pool, as its parent sees it. */
export interface Child {
  readonly seat: number;
  readonly pid: number | null;
  /** Its config and files are right; false where it ended before. */
  readonly checked: Promise<boolean>;
  /** It takes jobs; false where it ended before. */
  readonly started: Promise<boolean>;
  /** It has reached a limit and ends when it is idle; false where it has ended. */
  readonly recycles: Promise<boolean>;
  readonly ended: Promise<ChildEnd>;
  readonly tell: (message: ToChild) => void;
  /** All that it can tell of itself; undefined where it does not answer soon. */
  readonly ask: () => Promise<Told | undefined>;
  /** Asks it to close, and kills it when it does not. */
  readonly close: (reason: string) => void;
  readonly kill: () => void;
  /** Its last report, and when it came. */
  readonly report: () => { readonly atMs: number; readonly health: HealthReport } | undefined;
}

/** How long a child has to tell of itself: one whose loop is blocked is left out. */
const answerMs = 2_000;

/** Starts this program once more, as a child that hears its parent over a channel of its own. */
export function createChild({ seat, words, env, startMs, closeMs, onKilled }: ChildOptions): Child {
  const handle = launch(seat, words ?? process.argv.slice(2), env);
  const startedAtMs = performance.now();
  let hasStarted = false;
  let isClosing = false;
  let isRecycled = false;
  let report: ReturnType<Child["report"]>;
  let deadline = setTimeout(killLate, startMs, startMs);

  handle.on("message", (message: ToParent) => {
    if (message.type === "started") {
      hasStarted = true;
      if (!isClosing) clearTimeout(deadline);
    } else if (message.type === "recycling") {
      isRecycled = true;
    } else if (message.type === "health") {
      const { type: _type, ...health } = message;
      report = { atMs: performance.now(), health };
      if (health.status.state === "closing") expectEnd(); // by itself, or somebody else has asked it to
    }
  });

  const ended = new Promise<ChildEnd>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(deadline);
      const exitCode = code ?? 128 + constants.signals[signal!];
      resolve({ exitCode, code, signal, ranMs: performance.now() - startedAtMs, hasStarted, isRecycled });
    };
    handle.once("exit", end).once("error", () => end(1, null)); // it could not even be launched
  });

  function hears(type: ToParent["type"]): Promise<boolean> {
    return new Promise((resolve) => {
      handle.on("message", (message: ToParent) => message.type === type && resolve(true));
      void ended.then(() => resolve(false));
    });
  }

  function tell(message: ToChild): void {
    if (handle.connected) handle.send(message, () => {}); // one that has ended needs to hear nothing
  }

  function ask(): Promise<Told | undefined> {
    return new Promise((resolve) => {
      const settle = (answer?: Told) => {
        clearTimeout(late);
        handle.off("message", onMessage);
        resolve(answer);
      };
      const onMessage = (message: ToParent) => message.type === "told" && settle(message);
      const late = setTimeout(settle, answerMs).unref();
      handle.on("message", onMessage);
      tell({ type: "tell" });
    });
  }

  function expectEnd(): void {
    if (isClosing) return;
    isClosing = true;
    clearTimeout(deadline);
    deadline = setTimeout(killLate, closeMs, closeMs);
  }

  function killLate(afterMs: number): void {
    handle.kill("SIGKILL");
    onKilled(child, afterMs, isClosing ? "end" : "start");
  }

  const child: Child = {
    seat,
    pid: handle.pid ?? null,
    checked: hears("checked"),
    started: hears("started"),
    recycles: hears("recycling"),
    ended,
    tell,
    ask,
    close(reason) {
      tell({ type: "close", reason });
      expectEnd();
    },
    kill: () => void handle.kill("SIGKILL"),
    report: () => report,
  };
  return child;
}

/** In a group of its own: a Ctrl-C goes to all processes of a terminal's group, and would be heard twice. */
function launch(seat: number, words: readonly string[], env: ChildOptions["env"]): ChildProcess {
  return spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], {
    env: poolSeat.give(seat, env),
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}
