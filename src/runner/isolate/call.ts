import type { JobContext } from "../../definition/context.ts";
import type { EffectiveOptions } from "../../definition/effective-options.ts";
import type { EnqueueFunction } from "../../definition/enqueue.ts";
import { type Attempt, signalOf } from "../attempt/attempt.ts";
import { runAs } from "../attempt/current-attempt.ts";
import { createLeave } from "../attempt/leave.ts";
import type { CallReport, Question, ToThread } from "./messages.ts";
import { packError, unpackError } from "./packed-error.ts";
import { createSettleable } from "./settleable.ts";

/** One job in a thread. */
export interface Call {
  /** Settles as the handler does. */
  readonly ended: Promise<unknown>;
  readonly hear: (report: CallReport) => void;
  /** Its thread is gone. */
  readonly fail: (error: Error) => void;
}

export interface CallOptions {
  readonly call: number;
  readonly attempt: Attempt;
  /** What the handler would have got here: reports go to it, so that they mean the same. */
  readonly context: JobContext;
  readonly options: Pick<EffectiveOptions, "heartbeatMs" | "autoHeartbeat">;
  readonly post: (message: ToThread) => void;
}

/** Beats in the time that a handler may be silent. */
const beats = 4;

/** Sends a job to its thread, and hears what comes of it. */
export function createCall({ call, attempt, context, options, post }: CallOptions): Call {
  const { job, queue, id, args, meta, attempt: number, enqueuedAtMs, tickMs } = attempt.delivery;
  const { heartbeatMs, autoHeartbeat } = options;
  const beatEveryMs = autoHeartbeat && heartbeatMs !== undefined ? Math.max(heartbeatMs / beats, 1) : undefined;
  const { promise: ended, resolve, reject } = createSettleable<unknown>();

  post({ type: "call", call, job, queue, id, args, meta, attempt: number, enqueuedAtMs, tickMs, beatEveryMs });
  const signal = signalOf(attempt);
  const tell = () => post({ type: "abort", call, cause: attempt.abort!.cause, error: packError(attempt.abort!.error) });
  if (signal.aborted) tell();
  else signal.addEventListener("abort", tell, { once: true });

  function answer(question: number, about: Question): void {
    // The thread's messages come in no context of their own: what a hook leaves behind is this job's.
    runAs(attempt, async () => ask(context, about)).then(
      (value) => post({ type: "answer", question, value }),
      (error) => post({ type: "refusal", question, error: packError(error) }),
    );
  }

  return {
    ended,
    fail: reject,
    hear(report) {
      switch (report.type) {
        case "completed":
          return resolve(report.result === undefined ? undefined : JSON.parse(report.result));
        case "failed":
          if (report.leave) attempt.leaving = createLeave(report.leave);
          return reject(attempt.leaving ?? unpackError(report.error));
        case "log":
          return context.log[report.level](report.fields, report.message);
        case "beat":
          return context.heartbeat();
        case "ask":
          return answer(report.question, report.about);
      }
    },
  };
}

async function ask({ progress, enqueue }: JobContext, about: Question): Promise<unknown> {
  if (about.type === "progress") return progress(about.value);
  return (enqueue as EnqueueFunction)(about.job, JSON.parse(about.args), about.options);
}
