import type { Ended } from "../../broker/worker/ended.ts";
import type { State } from "../../definition/context.ts";
import type { EndHookContext, Hooks } from "../../definition/hooks.ts";
import { messageOf } from "../../definition/message-of.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import { TaskqError } from "../../errors.ts";
import { describe } from "../../runner/end/describe.ts";
import type { OnEvent } from "../../runner/events.ts";
import type { OnEnded } from "../../runner/runner.ts";
import { runHookAs } from "./current-hook.ts";
import { createFailedHook } from "./failed-hook.ts";

/** Runs the hooks that hang on stored ends, beside the jobs: they hold none up, and fail none. */
export interface EndHooks {
  readonly onEnded: OnEnded;
  /** Waits so long for those that run or wait, then aborts them. */
  readonly close: (ms: number) => Promise<void>;
}

interface Call {
  readonly hook: keyof Hooks;
  readonly about: string;
  readonly run: (context: EndHookContext) => unknown;
}

const mostAtOnce = 20;
/** Hooks that are slower than their jobs must not fill the memory. */
const mostWaiting = 10_000;
const limitMs = 30_000;

/** Undefined where the config has no such hook: then nothing is asked of any job. */
export function createEndHooks(config: ResolvedConfig, state: State, onEvent: OnEvent): EndHooks | undefined {
  const { onCompleted } = config.hooks;
  const onFailed = createFailedHook(config);
  if (!onCompleted && !onFailed) return undefined;
  const waiting: Call[] = [];
  const running = new Set<(reason: Error) => void>();
  let whenIdle = () => {};
  let left = 0;

  async function run({ hook, about, run }: Call): Promise<void> {
    const tell = (what: string) => onEvent({ type: "hookFailed", hook, error: `${about}: ${what}` });
    const onStray = (thrown: unknown) => tell(`it left an error behind: ${describe(thrown)}`);
    const traced = <Result>(act: () => Result) => (config.traceRejections ? runHookAs(onStray, act) : act());
    const controller = new AbortController();
    const abort = (reason: Error) => traced(() => controller.abort(reason));
    running.add(abort);
    const late = new TaskqError("HOOK_FAILED", `it took longer than ${limitMs / 1_000} s`);
    const timer = setTimeout(abort, limitMs, late).unref();
    try {
      const { signal } = controller;
      const aborted = new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      await Promise.race([traced(async () => run({ state, signal })), aborted]);
    } catch (error) {
      tell(messageOf(error));
    } finally {
      clearTimeout(timer);
      running.delete(abort);
      next();
    }
  }

  function next(): void {
    while (running.size < mostAtOnce && waiting.length > 0) void run(waiting.shift()!);
    if (waiting.length === 0) tellLeftOut("too many waited");
    if (running.size === 0) whenIdle();
  }

  function tellLeftOut(why: string): void {
    if (left > 0)
      onEvent({ type: "hookFailed", hook: "onCompleted, onFailed", error: `left out ${left} times: ${why}` });
    left = 0;
  }

  function add(call: Call): void {
    if (waiting.length >= mostWaiting) left++;
    else waiting.push(call);
    next();
  }

  return {
    onEnded(queue, { id, job, args, meta = {}, attempt: attempts, ms, result }: Ended, error) {
      const ended = { id, job, queue, args, meta, attempts, ms };
      const about = `${job} ${id}`;
      if (error) onFailed && add({ hook: "onFailed", about, run: (context) => onFailed({ ...ended, error }, context) });
      else
        onCompleted &&
          add({ hook: "onCompleted", about, run: (context) => onCompleted({ ...ended, result }, context) });
    },
    async close(ms) {
      if (running.size === 0) return;
      const idle = new Promise<void>((resolve) => {
        whenIdle = resolve;
      });
      await Promise.race([idle, new Promise((resolve) => setTimeout(resolve, ms).unref())]);
      left += waiting.splice(0).length;
      tellLeftOut("the worker closed");
      for (const abort of running) abort(new Error("the worker closed before it had ended"));
    },
  };
}
