import type { Broker } from "../broker/broker.ts";
import type { Delivery } from "../broker/worker/delivery.ts";
import { unrecoverable, wasPutOff } from "../broker/worker/outcomes.ts";
import { checkArgs } from "../definition/check-args.ts";
import { type EffectiveOptions, layerOptions } from "../definition/effective-options.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob, CatalogSchedule } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import type { Cancels } from "./cancels.ts";
import type { OnEvent } from "./events.ts";
import { howItFailed } from "./how-it-failed.ts";
import type { ThreadPool } from "./isolate/pool.ts";
import { refuseArgs } from "./refuse-args.ts";
import { runAttempt, type Surroundings } from "./run-attempt.ts";
import type { ScheduleRuns } from "./schedule-runs.ts";
import { storable } from "./storable.ts";
import { putOffUnknown } from "./unknown-job.ts";

export interface ProcessorOptions {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
  readonly broker: Broker;
  readonly threads: ThreadPool;
  readonly cancels: Cancels;
  readonly scheduleRuns: ScheduleRuns;
  /** Of this process: args that do not fit may be those of another. */
  readonly release: string;
  readonly surroundings: Surroundings;
  readonly onEvent: OnEvent;
}

const longestSpreadMs = 30_000;

/** Our function between worker and handler: what it returns or throws is how the job ends. */
export function createProcessor(processor: ProcessorOptions): (delivery: Delivery) => Promise<unknown> {
  const { config, catalog, threads, cancels, scheduleRuns, surroundings, onEvent } = processor;
  const optionsOf = rememberOptions(config);

  return async function process(delivery) {
    if (delivery.unreadable !== undefined) throw refuseUnreadable(delivery);
    const job = catalog.findJob(delivery.job);
    if (!job) throw await putOffUnknown(delivery, catalog, config.unknownJobGraceMs, onEvent);

    const schedule = delivery.schedule === undefined ? undefined : catalog.findSchedule(delivery.schedule);
    const options = optionsOf(delivery.queue, job, schedule);
    if (delivery.uncounted > options.maxInterruptions) await refuseInterrupted(delivery, options.maxInterruptions);
    if (delivery.stalls > 1 && (await isSpread(delivery, onEvent))) throw wasPutOff();
    if (isAfterEnd(schedule, delivery)) return null;
    if (delivery.run && !(await scheduleRuns.begin(delivery, job, schedule))) return null;

    const { id, queue, attempt } = delivery;
    const { definition } = job;
    delivery.applyEnd(delivery.said.attempts ?? options.attempts, options.backoff, definition.keepCompleted !== 0);
    onEvent({
      type: "active",
      queue,
      job: job.name,
      id,
      attempt,
      schedule: (delivery.tickMs === undefined ? undefined : delivery.schedule) ?? null,
      waitedMs: delivery.waitedMs ?? null,
    });
    let unfit: Error | undefined;
    const wasBack = delivery.uncounted > 0; // some worker may have put it off, not knowing it
    const hasToCheck = definition.args !== undefined || wasBack; // of most jobs nothing is made for it
    const check = hasToCheck
      ? async () => {
          const args = await checkArgs(job.name, definition, delivery.args).catch((error: unknown) => {
            if (error instanceof TaskqError) unfit = error; // else the schema itself failed: it may ask a database
            throw error;
          });
          if (wasBack) delivery.forgetUnknown().catch(() => {});
          return args;
        }
      : undefined;
    try {
      const cancelled = cancels.refusal(delivery);
      if (cancelled) throwIf(await cancelled);
      return storable(
        await runAttempt(
          {
            definition,
            delivery,
            args: delivery.args,
            check,
            options,
            elsewhere: options.isolate ? threads.run(job, options) : undefined,
          },
          surroundings,
        ),
        delivery,
        onEvent,
      );
    } catch (thrown) {
      if (unfit && thrown === unfit) throw await refuseArgs(unfit, delivery, processor);
      throw await howItFailed(thrown, delivery, onEvent);
    }
  };
}

/** BullMQ makes the job after the last one of an `every` too. */
function isAfterEnd(schedule: CatalogSchedule | undefined, { tickMs }: Delivery): boolean {
  return schedule?.endMs !== undefined && tickMs! - (schedule.jitterMs ?? 0) > schedule.endMs;
}

/** Layering costs more than a no-op job: once is enough, since nothing of it changes. */
function rememberOptions(config: ResolvedConfig) {
  // Of the queue that the job is on, which a call may have chosen; and a run of before a schedule got another job is still of the old one.
  const known = new Map<string, Map<CatalogJob, Map<CatalogSchedule | undefined, EffectiveOptions>>>();

  return (queue: string, job: CatalogJob, schedule: CatalogSchedule | undefined): EffectiveOptions => {
    const found = known.get(queue)?.get(job)?.get(schedule);
    if (found) return found;
    const options = layerOptions(...layersOf(config, { ...job, queue }, schedule).map((layer) => layer.options));
    const ofQueue = known.get(queue) ?? new Map<CatalogJob, Map<CatalogSchedule | undefined, EffectiveOptions>>();
    const ofJob = ofQueue.get(job) ?? new Map<CatalogSchedule | undefined, EffectiveOptions>();
    known.set(queue, ofQueue.set(job, ofJob.set(schedule, options)));
    return options;
  };
}

async function refuseInterrupted(delivery: Delivery, allowed: number): Promise<void> {
  const interruptions = await delivery.countInterruptions();
  if (interruptions <= allowed) return;
  throw unrecoverable(new TaskqError("JOB_INTERRUPTED", `interrupted ${interruptions} times`));
}

function refuseUnreadable({ unreadable }: Delivery): Error {
  return unrecoverable(new TaskqError("JOB_UNREADABLE", `the record of this job cannot be read: ${unreadable}`));
}

/**
 * Jobs whose process died with them again and again may be the neighbours of the one that kills it. So each goes its own way,
 * once after each such death: it starts again after a random while, and the killer dies alone.
 */
async function isSpread(delivery: Delivery, onEvent: OnEvent): Promise<boolean> {
  if (!(await delivery.isFirstSinceStall())) return false;
  await delivery.putOff(Math.random() * Math.min(longestSpreadMs, 1_000 * 2 ** delivery.stalls));
  const { queue, job, id } = delivery;
  onEvent({ type: "putBack", queue, job, id, reason: "its process died" });
  return true;
}

function throwIf(error: Error | undefined): void {
  if (error) throw error;
}
