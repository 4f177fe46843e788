import { type Broker, openBroker } from "../broker/broker.ts";
import { createEnqueue } from "../client/create-enqueue.ts";
import { createFindJob } from "../client/find-job.ts";
import { checkArgs } from "../definition/check-args.ts";
import { layerOptions } from "../definition/effective-options.ts";
import { checkJsonArgs } from "../definition/json-args.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { createAttempts } from "../runner/attempts.ts";
import type { OnEvent } from "../runner/events.ts";
import { leaveOf } from "../runner/leave.ts";
import { runAttempt } from "../runner/run-attempt.ts";
import { toError } from "../runner/to-error.ts";
import { createLocalDelivery } from "./local-delivery.ts";
import { closeProject, openProject } from "./project.ts";

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
  checkJsonArgs(args, config.maxArgsSize);
  const checked = await checkArgs(name, definition, args);

  const opened = await openProject(config, catalog, new Set([job.domain]), onEvent);
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
    return await runAttempt({
      definition,
      delivery: createLocalDelivery({ job: name, queue, args: checked }),
      args: checked,
      options: layerOptions(...layersOf(config, job).map((layer) => layer.options)),
      attempts,
      traced: config.traceRejections,
      around: config.hooks.aroundJob,
      state: opened.state,
      port: {
        log: ({ delivery }, level, fields, message) =>
          onEvent({ type: "log", job: name, id: delivery.id, level, fields, message }),
        progress: async ({ delivery }, value) =>
          onEvent({
            type: "log",
            job: name,
            id: delivery.id,
            level: "info",
            fields: { progress: value },
            message: "progress",
          }),
        async enqueue({ delivery: { id } }, ...call) {
          const receipt = await enqueue(...call);
          const said = `enqueued ${receipt.job} id=${receipt.id}`;
          onEvent({ type: "log", job: name, id, level: "info", fields: {}, message: said });
          return receipt;
        },
      },
    });
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
    await closeProject(catalog, opened, config.shutdownTimeoutMs, onEvent);
  }
}
