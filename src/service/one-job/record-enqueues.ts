import { createJobId } from "../../broker/job-id.ts";
import { checkEnqueueOptions } from "../../client/enqueue-options.ts";
import { runAtOf } from "../../client/enqueue-receipt.ts";
import { checkArgs } from "../../definition/check-args.ts";
import type { EnqueueFunction, EnqueueOptions } from "../../definition/enqueue.ts";
import { enqueueTerms } from "../../definition/enqueue-terms.ts";
import { type AnyJob, type JobFunction, toJob } from "../../definition/job.ts";
import { checkJsonArgs } from "../../definition/json-args.ts";

/** A call of `context.enqueue` inside a test. */
export interface TestEnqueue {
  /** As the handler named it: a job or a name. */
  readonly job: unknown;
  readonly args: object;
  readonly options: EnqueueOptions;
}

const unknownJob = toJob(async () => {});

/** An `enqueue` that checks what it is given, as the real one does, and keeps it instead of sending it. */
export function recordEnqueues(): {
  readonly enqueued: readonly TestEnqueue[];
  readonly enqueue: EnqueueFunction;
} {
  const enqueued: TestEnqueue[] = [];

  async function enqueue(job: unknown, args: unknown, options: EnqueueOptions = {}) {
    // Without a project nothing more is known of a job that is named only.
    const definition = typeof job === "string" ? unknownJob : toJob(job as AnyJob | JobFunction);
    const name = typeof job === "string" ? job : (definition.name ?? "job");
    const terms = enqueueTerms([{ from: "the job", options: definition }]);
    const wait = checkEnqueueOptions(options, terms);
    checkJsonArgs(args, terms.maxArgsSize);
    await checkArgs(name, definition, args);
    enqueued.push({ job, args, options });
    return {
      created: true,
      reason: null,
      id: options.id ?? createJobId(),
      job: name,
      queue: options.queue ?? definition.queue ?? "test",
      state: wait.delayMs > 0 ? "delayed" : "waiting",
      runAt: runAtOf(wait),
    };
  }
  return { enqueued, enqueue };
}
