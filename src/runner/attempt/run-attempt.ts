import type { Delivery } from "../../broker/worker/delivery.ts";
import type { JobContext } from "../../definition/context.ts";
import type { EffectiveOptions } from "../../definition/effective-options.ts";
import type { Hooks } from "../../definition/hooks.ts";
import type { AnyJob } from "../../definition/job.ts";
import type { Attempt } from "./attempt.ts";
import type { Attempts } from "./attempts.ts";
import { type ContextPort, createContext } from "./context.ts";
import { runAs } from "./current-attempt.ts";
import { runAround } from "./run-around.ts";

/** One job that is about to run. */
export interface RunAttemptOptions {
  readonly definition: AnyJob;
  readonly delivery: Delivery;
  readonly args: unknown;
  /** Makes of the args what the handler gets; its time is the attempt's. Default: they are it. */
  readonly check?: (() => Promise<unknown>) | undefined;
  readonly options: Pick<EffectiveOptions, "timeoutMs" | "heartbeatMs" | "autoHeartbeat">;
  /** Runs the handler in a thread, with the hook around it. Default: here. */
  readonly elsewhere?: Elsewhere | undefined;
}

/** What all attempts of a process share. */
export interface Surroundings {
  readonly attempts: Pick<Attempts, "start" | "end">;
  readonly state: JobContext["state"];
  readonly port: ContextPort;
  /** Whether an error that nobody catches is told to the attempt it belongs to. */
  readonly traced: boolean;
  /** The config's hook around handlers. */
  readonly around?: Hooks["aroundJob"];
}

export type Elsewhere = (attempt: Attempt, context: JobContext) => Promise<unknown>;

/** Runs a handler once. Settles as it does, or earlier when the attempt is given up; a rejection after an abort is the abort's. */
export function runAttempt(
  { definition, delivery, args, check, options, elsewhere }: RunAttemptOptions,
  { attempts, state, port, traced, around }: Surroundings,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const startedAtMs = Date.now();
    const attempt: Attempt = {
      delivery,
      traced,
      startedAtMs,
      deadlineMs: startedAtMs + (delivery.said.timeoutMs ?? options.timeoutMs),
      heartbeatMs: options.heartbeatMs,
      autoHeartbeat: options.autoHeartbeat,
      giveUp: reject,
      lastBeatMs: startedAtMs,
      progress: undefined,
      controller: undefined,
      abort: undefined,
      leaving: undefined,
      terminate: undefined,
      abandoned: false,
      isOver: false,
    };
    const fail = (thrown: unknown) => {
      attempts.end(attempt);
      const { abort, leaving } = attempt;
      // A handler that leaves while the worker closes is where it wanted to be; one that is late or has lost its job is not.
      if (leaving && (!abort || abort.cause === "closing")) reject(leaving);
      else reject(abort ? abort.error : thrown);
    };

    const context = createContext(attempt, state, port);
    const begin = (given: unknown) => {
      if (attempt.abort) throw attempt.abort.error; // it is too late to begin
      return definition.handler(given, context);
    };
    const handle = elsewhere
      ? () => elsewhere(attempt, context)
      : around
        ? (given: unknown) => runAround(around, context, () => begin(given))
        : begin;
    const run = check ? async () => handle(await check()) : () => handle(args);

    attempts.start(attempt);
    try {
      Promise.resolve(traced ? runAs(attempt, run) : run()).then((result) => {
        if (attempt.leaving) return fail(attempt.leaving);
        attempts.end(attempt);
        if (attempt.abort?.cause === "cancelled")
          reject(attempt.abort.error); // whoever cancelled was told so
        else resolve(result);
      }, fail);
    } catch (thrown) {
      fail(thrown);
    }
  });
}
