import type { OnEvent } from "../../runner/events.ts";
import type { Child } from "../pool/child.ts";
import type { ToChild } from "../pool/messages.ts";

export interface DevOptions {
  /** Starts a worker process, which reads all files anew. */
  readonly launch: () => Child;
  readonly onEvent: OnEvent;
}

/** One worker process at a time, replaced by a fresh one when files have changed. */
export interface Dev {
  readonly start: () => void;
  /** These files have changed. */
  readonly changed: (files: readonly string[]) => void;
  readonly close: (reason: string) => void;
  /** Whether the process that runs now, and those after it, take no more jobs. */
  readonly quiet: (isQuiet: boolean) => void;
  /** To the process that runs now. */
  readonly tell: (message: ToChild) => void;
  readonly kill: () => void;
  /** Resolves with the exit code of the last process, when it has ended. */
  readonly ended: Promise<number>;
}

/** So long jobs may run on when files have changed: then they are aborted and put back, and the fresh process runs them again. */
const finishMs = 2_000;
/**
 * Then the process itself is killed: its loop is blocked, or one of its files hangs. Before that an abort has its five seconds by
 * default, and what was put back and the shutdown files theirs.
 */
const endMs = 10_000;

export function createDev({ launch, onEvent }: DevOptions): Dev {
  let child: Child | undefined;
  let isStale = false;
  let isClosing = false;
  let isQuiet = false;
  let wake = () => {};
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  async function run(): Promise<number> {
    await begun;
    for (;;) {
      if (isClosing) return 0;
      isStale = false;
      child = launch();
      if (isQuiet) child.tell({ type: "quiet" });
      const { exitCode } = await child.ended;
      child = undefined;
      if (isClosing) return exitCode;
      if (isStale) continue;
      onEvent({ type: "awaitingChange", code: exitCode });
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    start: begin,
    changed(files) {
      if (isClosing || isStale) return; // the next process reads these too
      onEvent({ type: "reloading", files });
      isStale = true;
      const old = child;
      if (!old) return wake();
      old.close("files have changed");
      const timers = [
        setTimeout(() => old.tell({ type: "hurry" }), finishMs),
        setTimeout(() => {
          old.kill();
          onEvent({ type: "childKilled", seat: old.seat, pid: old.pid, afterMs: endMs, late: "end" });
        }, endMs),
      ];
      void old.ended.then(() => timers.forEach(clearTimeout));
    },
    close(reason) {
      isClosing = true;
      begin(); // before the start there is nothing to wait for
      if (child) child.close(reason);
      else wake();
    },
    quiet(next) {
      isQuiet = next;
      child?.tell({ type: next ? "quiet" : "resume" });
    },
    tell: (message) => child?.tell(message),
    kill() {
      isClosing = true;
      begin();
      child?.kill();
      wake();
    },
    ended: run(),
  };
}
