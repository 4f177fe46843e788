import type { Broker } from "../broker/broker.ts";
import { accountForTicks } from "../broker/schedules/account-ticks.ts";
import type { RunSource } from "../broker/schedules/add-runs.ts";
import type { ScheduledRun } from "../broker/schedules/scheduled-run.ts";
import type { ScheduleRules } from "../broker/schedules/schedulers.ts";
import { wakeRun } from "../broker/schedules/wake-run.ts";
import { type Begun, beginRun } from "../broker/store/begin-run.ts";
import { endRun } from "../broker/store/end-run.ts";
import type { Delivery } from "../broker/worker/delivery.ts";
import type { Ended } from "../broker/worker/ended.ts";
import { wasPutOff } from "../broker/worker/outcomes.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { uniqueKeyOf } from "../definition/unique.ts";
import type { CatalogJob, CatalogSchedule } from "../discovery/catalog.ts";
import type { OnEvent } from "./events.ts";
import { toRunToBegin } from "./run-to-begin.ts";

export interface ScheduleRunsOptions {
  readonly config: ResolvedConfig;
  readonly broker: Broker;
  readonly onEvent: OnEvent;
}

/** What a runner does beside running for the jobs that belong to a schedule. Others never come by here. */
export interface ScheduleRuns {
  /** Whether the job is to run: else its tick has been recorded as skipped or missed. Throws where it is to wait. */
  readonly begin: (delivery: Delivery, job: CatalogJob, schedule: CatalogSchedule | undefined) => Promise<boolean>;
  /** Records how a job of a schedule ended. False where it had not begun here: then nothing has run. */
  readonly end: (queue: string, ended: Ended, error?: Error) => boolean;
  /** Resolves when all that has ended is recorded. */
  readonly recorded: () => Promise<void>;
}

/** Whoever it waits for wakes it: this is for when that one has died. */
const pollMs = 2_000;

/** A run that failed here may be tried again, and end, in another process. */
const mostBegun = 10_000;

export function createScheduleRuns({ config, broker, onEvent }: ScheduleRunsOptions): ScheduleRuns {
  const begun = new Set<string>();
  const pending = new Set<Promise<void>>();

  function uniqueOf({ name, queue, definition }: CatalogJob, args: unknown): string | undefined {
    const unique = definition.unique ?? config.queue(queue).options.unique ?? config.defaults.unique;
    return uniqueKeyOf(name, unique, args as object);
  }

  function remember(key: string): void {
    begun.delete(key);
    begun.add(key);
    if (begun.size > mostBegun) begun.delete(begun.values().next().value!);
  }

  async function record(queue: string, run: ScheduledRun, ended: Ended, error: Error | undefined): Promise<void> {
    const next = await endRun(broker, {
      queue,
      name: run.schedule,
      id: run.key,
      tickMs: run.tickMs,
      startedAtMs: ended.startedAtMs,
      durationMs: ended.ms,
      result: ended.result,
      error: error?.message,
    });
    if (next) await wakeRun(broker, next);
  }

  return {
    async begin(delivery, job, schedule) {
      const { queue, args } = delivery;
      const run = delivery.run!;
      const rules = schedule ?? run.rules;
      const answer = await beginRun(broker, toRunToBegin(delivery, rules, uniqueOf(job, args)));
      const { open, dueMs } = answer;
      if (dueMs !== undefined) await wakeRun(broker, { queue, id: `repeat:${run.schedule}:${dueMs}` }).catch(() => {});
      if (open) await account(delivery, run, rules, answer).catch(() => {}); // the next run does it
      if (answer.verdict === "wait") {
        await delivery.putOff(pollMs);
        throw wasPutOff();
      }
      if (answer.verdict !== "run") tell(run, answer);
      else remember(`${queue}:${run.key}`);
      return answer.verdict === "run";
    },

    end(queue, ended, error) {
      const { run } = ended;
      if (!run || !begun.delete(`${queue}:${run.key}`)) return false;
      // Where this fails, the next who looks reads the end from the job itself.
      const recording: Promise<void> = record(queue, run, ended, error)
        .catch(() => {})
        .finally(() => pending.delete(recording));
      pending.add(recording);
      return true;
    },

    recorded: async () => void (await Promise.all(pending)),
  };

  /** The ticks around this one that no job came for. Where this one is not run itself, another may be in its place. */
  async function account(
    { queue, job, args }: Delivery,
    { schedule, tickMs, plan }: ScheduledRun,
    rules: ScheduleRules,
    { verdict, open }: Begun,
  ): Promise<void> {
    const isPaused = verdict === "paused";
    const { overlap, catchUp, catchUpWindowMs, priority } = rules;
    const reason = isPaused ? "paused" : "no worker was free";
    const source: RunSource = {
      queue,
      name: schedule,
      job,
      args,
      overlap,
      catchUpWindowMs,
      priority,
      catchUp: isPaused ? "skip" : catchUp,
    };
    const { missed, caughtUp } = await accountForTicks(
      broker,
      { ...source, ...plan },
      { ...open!, exceptMs: tickMs, isOpen: true, isServed: !["late", "rested"].includes(verdict), reason },
    );
    if (missed) onEvent({ type: "ticksMissed", schedule, ...toSpan(missed), reason });
    if (caughtUp) onEvent({ type: "ticksCaughtUp", schedule, ...toSpan(caughtUp) });
  }

  function tell({ schedule, tickMs }: ScheduledRun, { verdict, by }: Begun): void {
    const scheduledFor = new Date(tickMs ?? 0).toISOString();
    if (verdict === "skipped") onEvent({ type: "tickSkipped", schedule, scheduledFor, holder: by });
    else if (verdict === "duplicate") {
      onEvent({ type: "warning", message: `${schedule}: the tick ${scheduledFor} had its run already, ${by}` });
    } else if (verdict === "paused" || verdict === "late") {
      const reason = verdict === "late" ? "too late to be caught up" : "paused";
      onEvent({ type: "ticksMissed", schedule, count: 1, from: scheduledFor, to: scheduledFor, reason });
    }
  }
}

const toSpan = ({ count, firstMs, lastMs }: { count: number; firstMs: number; lastMs: number }) => ({
  count,
  from: new Date(firstMs).toISOString(),
  to: new Date(lastMs).toISOString(),
});
