import { checkArgs } from "../definition/check-args.ts";
import { layerOptions } from "../definition/effective-options.ts";
import { checkJsonArgs } from "../definition/json-args.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { createAttempts } from "../runner/attempts.ts";
import type { OnEvent } from "../runner/events.ts";
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

/** One attempt of one job in this process, without a broker: its hooks, schema and timeout hold. Returns its result. */
export async function runJob({ config, catalog, job, args, onEvent, signal }: RunJobOptions): Promise<unknown> {
  const { name, queue, definition } = job;
  checkJsonArgs(args, config.maxArgsSize);
  const checked = await checkArgs(name, definition, args);

  const opened = await openProject(config, catalog, new Set([job.domain]), onEvent);
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
      },
    });
  } catch (thrown) {
    if (thrown instanceof TaskqError) throw thrown;
    const { message, stack } = toError(thrown);
    throw new TaskqError("JOB_FAILED", `${name} failed: ${message}`, { cause: stack });
  } finally {
    attempts.stop();
    await closeProject(catalog, opened, config.shutdownTimeoutMs, onEvent);
  }
}
