import type { JobContext, State } from "./context.ts";
import type { EnqueueOptions, Meta, Receipt } from "./enqueue.ts";

/** A job that is about to be enqueued. */
export interface EnqueueCall {
  readonly job: string;
  readonly queue: string;
  readonly args: object;
  /** What goes along with this job alone. The hook `beforeEnqueue` may write to it. */
  readonly meta: Record<string, unknown>;
  readonly options: EnqueueOptions;
}

/** A job whose last end is stored. */
export interface EndedJob {
  readonly id: string;
  readonly job: string;
  readonly queue: string;
  readonly args: unknown;
  readonly meta: Meta;
  /** How many attempts it took. */
  readonly attempts: number;
  /** How long the last one took. */
  readonly ms: number;
}

export interface CompletedJob extends EndedJob {
  readonly result: unknown;
}

export interface FailedJob extends EndedJob {
  readonly error: Error;
}

export interface EndHookContext {
  /** What the startup files returned, merged. */
  readonly state: State;
  /** Aborts when the hook has taken too long. */
  readonly signal: AbortSignal;
}

/** A program that is started without a shell; the job comes as JSON on its standard input. */
export interface HookCommand {
  readonly command: readonly [program: string, ...args: readonly string[]];
}

/** Functions around jobs. All of them are optional, and one that is absent costs nothing. */
export interface Hooks {
  /** Refuses by throwing. What it returns, if anything, are the args to enqueue instead; what it writes to `meta` goes along. Both are checked again. */
  readonly beforeEnqueue?: (call: EnqueueCall) => unknown;
  /** Hears of each call that was answered, also where no new job was made. */
  readonly afterEnqueue?: (receipt: Receipt, call: EnqueueCall) => unknown;
  /** Wraps each attempt: it has to call `next`, once, which runs the handler. What it throws fails the attempt. */
  readonly aroundJob?: (context: JobContext, next: () => Promise<unknown>) => unknown;
  /** After a job has been stored as completed. */
  readonly onCompleted?: (job: CompletedJob, context: EndHookContext) => unknown;
  /** After a job has been stored as failed, with no attempt left: a function, a URL to POST to, or a program to start. */
  readonly onFailed?: ((job: FailedJob, context: EndHookContext) => unknown) | string | HookCommand;
}
