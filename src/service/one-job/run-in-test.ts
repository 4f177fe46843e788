import { checkArgs } from "../../definition/check-args.ts";
import type { State } from "../../definition/context.ts";
import { layerOptions } from "../../definition/effective-options.ts";
import type { Meta } from "../../definition/enqueue.ts";
import { enqueueTerms } from "../../definition/enqueue-terms.ts";
import { type AnyJob, type JobFunction, toJob } from "../../definition/job.ts";
import { checkJsonArgs } from "../../definition/json-args.ts";
import type { ArgsOf, JobWithoutArgs, ResultOf } from "../../definition/typed-jobs.ts";
import { createAttempts } from "../../runner/attempt/attempts.ts";
import type { ContextPort, LogLevel } from "../../runner/attempt/context.ts";
import { type Leave, leaveOf } from "../../runner/attempt/leave.ts";
import { runAttempt } from "../../runner/attempt/run-attempt.ts";
import { createLocalDelivery } from "./local-delivery.ts";
import { recordEnqueues, type TestEnqueue } from "./record-enqueues.ts";

export interface TestRunOptions {
  /** What the startup files would have returned. Default `{}`. */
  readonly state?: Partial<State>;
  /** What would have gone along with its args. Default `{}`. */
  readonly meta?: Meta;
  /** Which try it is. Default 1. */
  readonly attempt?: number;
  /** The tick of a schedule. Default none. */
  readonly scheduledFor?: Date;
}

/** What a job did in a test. */
export interface TestRun<Result> {
  readonly result: Result;
  readonly logs: readonly { readonly level: LogLevel; readonly fields: object; readonly message: string }[];
  readonly progress: readonly (number | object)[];
  /** What it enqueued: recorded, and no more. */
  readonly enqueued: readonly TestEnqueue[];
  /** That it gave the job back for later; then there is no result. */
  readonly left: Leave | null;
}

const abortGraceMs = 100;

/**
 * Runs one attempt of a job inside a test, without config and broker: its schema and its timeout hold.
 * Rejects as the handler does, with ARGS_INVALID where the args do not fit, with JOB_TIMEOUT when it takes too long.
 */
export function runJob<Job extends AnyJob | JobFunction>(
  job: Job,
  args: ArgsOf<Job>,
  options?: TestRunOptions,
): Promise<TestRun<ResultOf<Job>>>;
export function runJob<Job extends AnyJob | JobFunction>(job: JobWithoutArgs<Job>): Promise<TestRun<ResultOf<Job>>>;
export async function runJob(
  job: unknown,
  args: unknown = {},
  { state = {}, meta, attempt, scheduledFor }: TestRunOptions = {},
): Promise<TestRun<unknown>> {
  const definition = toJob(job as AnyJob | JobFunction);
  const name = definition.name ?? "job";
  checkJsonArgs(args, enqueueTerms([{ from: "the job", options: definition }]).maxArgsSize);
  const checked = await checkArgs(name, definition, args);

  const attempts = createAttempts(abortGraceMs, () => {});
  const logs: { level: LogLevel; fields: object; message: string }[] = [];
  const progress: (number | object)[] = [];
  const { enqueued, enqueue } = recordEnqueues();
  const ended = (result: unknown, left: Leave | null) => ({
    result,
    logs,
    progress,
    enqueued,
    left,
  });
  try {
    const delivery = createLocalDelivery({
      job: name,
      queue: definition.queue ?? "test",
      args,
      meta,
      ...(attempt !== undefined && { attempt }),
      ...(scheduledFor && { tickMs: scheduledFor.getTime() }),
    });
    const port: ContextPort = {
      log: (_attempt, level, fields, message) => void logs.push({ level, fields, message }),
      progress: async (_attempt, value) => void progress.push(value),
      enqueue: (_attempt, ...call) => enqueue(...call),
    };
    const result = await runAttempt(
      { definition, delivery, args: checked, options: layerOptions(definition) },
      { attempts, traced: false, state: state as State, port },
    );
    return ended(result, null);
  } catch (thrown) {
    const left = leaveOf(thrown);
    if (!left) throw thrown;
    return ended(undefined, left);
  } finally {
    attempts.stop();
  }
}
