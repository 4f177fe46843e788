import type { Broker } from "../broker/broker.ts";
import type { Delivery } from "../broker/worker/delivery.ts";
import { unrecoverable, wasPutOff } from "../broker/worker/outcomes.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog, CatalogSchedule } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { createArgsCheck } from "./attempt/args-check.ts";
import { runAttempt, type Surroundings } from "./attempt/run-attempt.ts";
import type { Cancels } from "./cancels.ts";
import { howItFailed } from "./end/how-it-failed.ts";
import { refuseArgs } from "./end/refuse-args.ts";
import { storable } from "./end/storable.ts";
import { putOffUnknown } from "./end/unknown-job.ts";
import type { OnEvent } from "./events.ts";
import { refuseInterrupted, spreadNeighbour } from "./interrupted.ts";
import type { ThreadPool } from "./isolate/pool.ts";
import { rememberOptions } from "./remember-options.ts";
import type { ScheduleRuns } from "./schedule-runs.ts";

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
    if (delivery.stalls > 1 && (await spreadNeighbour(delivery, onEvent))) throw wasPutOff();
    if (isAfterEnd(schedule, delivery)) return null;
    if (delivery.run && !(await scheduleRuns.begin(delivery, job, schedule))) return null;

    const { definition } = job;
    const { args, said } = delivery;
    delivery.applyEnd(said.attempts ?? options.attempts, options.backoff, definition.keepCompleted !== 0);
    tellActive(delivery, onEvent);
    const check = createArgsCheck(job, delivery);
    try {
      const cancelled = cancels.refusal(delivery);
      if (cancelled) throwIf(await cancelled);
      const elsewhere = options.isolate ? threads.run(job, options) : undefined;
      const attempt = { definition, delivery, args, check: check?.run, options, elsewhere };
      return storable(await runAttempt(attempt, surroundings), delivery, onEvent);
    } catch (thrown) {
      const unfit = check?.unfit();
      if (unfit && thrown === unfit) throw await refuseArgs(unfit, delivery, processor);
      throw await howItFailed(thrown, delivery, onEvent);
    }
  };
}

/** BullMQ makes the job after the last one of an `every` too. */
function isAfterEnd(schedule: CatalogSchedule | undefined, { tickMs }: Delivery): boolean {
  return schedule?.endMs !== undefined && tickMs! - (schedule.jitterMs ?? 0) > schedule.endMs;
}

function tellActive({ queue, job, id, attempt, schedule, tickMs, waitedMs }: Delivery, onEvent: OnEvent): void {
  const ofTick = (tickMs === undefined ? undefined : schedule) ?? null;
  onEvent({ type: "active", queue, job, id, attempt, schedule: ofTick, waitedMs: waitedMs ?? null });
}

function refuseUnreadable({ unreadable }: Delivery): Error {
  return unrecoverable(new TaskqError("JOB_UNREADABLE", `the record of this job cannot be read: ${unreadable}`));
}

function throwIf(error: Error | undefined): void {
  if (error) throw error;
}
