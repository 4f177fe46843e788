import { type Broker, openBroker } from "../../broker/broker.ts";
import { createEnqueue } from "../../client/create-enqueue.ts";
import { createFindJob } from "../../client/find-job.ts";
import { checkArgs } from "../../definition/check-args.ts";
import { layerOptions } from "../../definition/effective-options.ts";
import { enqueueTerms } from "../../definition/enqueue-terms.ts";
import { checkJsonArgs } from "../../definition/json-args.ts";
import { layersOf } from "../../definition/layers.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { Catalog, CatalogJob } from "../../discovery/catalog.ts";
import { TaskqError } from "../../errors.ts";
import { createAttempts } from "../../runner/attempt/attempts.ts";
import { leaveOf } from "../../runner/attempt/leave.ts";
import { runAttempt } from "../../runner/attempt/run-attempt.ts";
import { toError } from "../../runner/end/to-error.ts";
import type { OnEvent } from "../../runner/events.ts";
import { createThreads } from "../isolate/create-threads.ts";
import { closeProject, openProject } from "../project.ts";
import { createLocalDelivery } from "./local-delivery.ts";
import { createRunPort } from "./run-port.ts";

export interface RunJobOptions {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
  readonly job: CatalogJob;
  readonly args: unknown;
  readonly onEvent: OnEvent;
  /** Aborts the handler: a Ctrl-C. */
  readonly signal: AbortSignal;
}

/** One attempt of one job in this process, without a broker unless its handler enqueues: its hooks, schema and timeout hold. Returns its result. */
export async function runJob({ config, catalog, job, args, onEvent, signal }: RunJobOptions): Promise<unknown> {
  const { name, queue, definition } = job;
  const layers = layersOf(config, job);
  checkJsonArgs(args, enqueueTerms(layers).maxArgsSize);
  const checked = await checkArgs(name, definition, args);

  const options = layerOptions(...layers.map((layer) => layer.options));
  // The startup files of an isolated job run in its thread.
  const opened = await openProject(config, catalog, new Set(options.isolate ? [] : [job.domain]), onEvent);
  const threads = createThreads(config, onEvent);
  let broker: Promise<Broker> | undefined;
  const { broker: url, prefix, root, telemetry } = config;
  const enqueue = createEnqueue(config, createFindJob(catalog), () => {
    broker ??= openBroker({ url, prefix, root, telemetry, kind: "fail-fast" });
    return broker;
  });
  const attempts = createAttempts(config.abortGraceMs, () => {});
  signal.addEventListener("abort", () => {
    attempts.abortAll();
    const giveUp = () => {
      for (const { abort, giveUp } of attempts.all()) if (abort) giveUp(abort.error);
    };
    setTimeout(giveUp, config.abortGraceMs).unref();
  });
  try {
    return await runAttempt(
      {
        definition,
        delivery: createLocalDelivery({ job: name, queue, args }),
        args: checked,
        options,
        elsewhere: options.isolate ? threads.run(job, options) : undefined,
      },
      {
        attempts,
        state: opened.state,
        port: createRunPort(name, enqueue, onEvent),
        traced: config.traceRejections,
        around: config.hooks.aroundJob,
      },
    );
  } catch (thrown) {
    const leave = leaveOf(thrown);
    if (leave) {
      const what = leave.kind === "rescheduled" ? "asks to run again" : "asks its queue to rest";
      onEvent({ type: "warning", message: `${name} ${what} in ${leave.delayMs} ms: here it ran once` });
      return undefined;
    }
    if (thrown instanceof TaskqError) throw thrown;
    const { message, stack } = toError(thrown);
    throw new TaskqError("JOB_FAILED", `${name} failed: ${message}`, { cause: stack });
  } finally {
    attempts.stop();
    await broker?.then((opened) => opened.close()).catch(() => {});
    const budgetMs = config.shutdownTimeoutMs;
    await Promise.all([threads.close(budgetMs), closeProject(catalog, opened, budgetMs, onEvent)]);
  }
}
