import { checkArgs } from "../../definition/check-args.ts";
import type { JobContext } from "../../definition/context.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { Catalog } from "../../discovery/catalog.ts";
import { type Attempt, abortAttempt } from "../../runner/attempt/attempt.ts";
import { currentAttempt } from "../../runner/attempt/current-attempt.ts";
import { leaveOf } from "../../runner/attempt/leave.ts";
import { runAttempt } from "../../runner/attempt/run-attempt.ts";
import { failOwner } from "../../runner/attempt/stray-error.ts";
import { storable } from "../../runner/end/storable.ts";
import type { CallMessage, FromThread, ToThread } from "../../runner/isolate/messages.ts";
import { packError, unpackError } from "../../runner/isolate/packed-error.ts";
import { createLocalDelivery } from "../one-job/local-delivery.ts";
import { createThreadPort } from "./port.ts";
import type { Questions } from "./questions.ts";

/** The jobs of this thread, one after the other. */
export interface Calls {
  readonly run: (message: CallMessage) => Promise<void>;
  readonly abort: (message: Extract<ToThread, { type: "abort" }>) => void;
  /** Fails the job to which an error belongs that nobody caught; `onLate` hears of one whose job is aborted. False where there is none. */
  readonly failOwner: (thrown: unknown, onLate: (what: string) => void) => boolean;
}

export interface CallsOptions {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
  readonly state: JobContext["state"];
  readonly questions: Questions;
  readonly nameOf: (job: unknown) => string | Promise<string>;
  readonly post: (message: FromThread) => void;
}

interface Running {
  readonly call: number;
  attempt: Attempt | undefined;
  /** What came before the attempt began. */
  abort: (() => void) | undefined;
  readonly end: (message: FromThread) => void;
}

/** Time is the process's business: it says when to stop. */
const unlimited = { timeoutMs: Number.POSITIVE_INFINITY, heartbeatMs: undefined, autoHeartbeat: false };

export function createCalls({ config, catalog, state, questions, nameOf, post }: CallsOptions): Calls {
  let current: Running | undefined;

  function begin({ call, beatEveryMs }: CallMessage): Running {
    const beats = beatEveryMs && setInterval(() => post({ type: "beat", call }), beatEveryMs);
    const running: Running = {
      call,
      attempt: undefined,
      abort: undefined,
      end(message) {
        if (current !== running) return; // a stray error was faster
        current = undefined;
        clearInterval(beats);
        post(message);
      },
    };
    current = running;
    return running;
  }

  async function handle(message: CallMessage, running: Running): Promise<unknown> {
    const { definition } = catalog.job(message.job);
    const { job, queue, id, meta, attempt, enqueuedAtMs, tickMs } = message;
    const delivery = createLocalDelivery({ job, queue, id, args: message.args, meta, attempt, enqueuedAtMs, tickMs });
    const args = await checkArgs(message.job, definition, message.args);
    const attempts = {
      start(attempt: Attempt) {
        running.attempt = attempt;
        running.abort?.();
      },
      end: () => {},
    };
    const port = createThreadPort({ call: message.call, questions, nameOf, post });
    const around = config.hooks.aroundJob;
    const surroundings = { attempts, state, port, traced: true, around };
    const result = await runAttempt({ definition, delivery, args, options: unlimited }, surroundings);
    return storable(result, delivery, (event) => post({ type: "event", event }));
  }

  return {
    async run(message) {
      const { call } = message;
      const running = begin(message);
      try {
        const result = await handle(message, running);
        running.end({ type: "completed", call, result: JSON.stringify(result) });
      } catch (thrown) {
        running.end({ type: "failed", call, error: packError(thrown), leave: leaveOf(thrown) });
      }
    },
    abort({ call, cause, error }) {
      if (current?.call !== call) return;
      const running = current;
      running.abort = () =>
        running.attempt && abortAttempt(running.attempt, { cause, error: unpackError(error), atMs: Date.now() });
      running.abort();
    },
    failOwner(thrown, onLate) {
      const owner = currentAttempt();
      if (owner?.abort) return failOwner(thrown, onLate);
      if (!current || current.attempt?.abort || (owner && owner !== current.attempt)) return false;
      current.end({ type: "failed", call: current.call, error: packError(thrown), leave: undefined });
      return true;
    },
  };
}
