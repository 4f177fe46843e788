import type { Broker } from "../broker/broker.ts";
import { type NewSchedule, removeSchedule, type StoredSchedule } from "../broker/schedules/schedulers.ts";
import { underLock } from "../broker/schedules/under-lock.ts";
import { writeSchedule } from "../broker/schedules/write-schedule.ts";
import { keepRecord } from "../broker/store/keep-record.ts";
import { storeKeys } from "../broker/store/keys.ts";
import { writeLeads } from "../broker/store/leads.ts";
import { readQueueNames, rememberQueue } from "../broker/store/queue-names.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { keepsRun } from "./keeps-run.ts";
import { payOff } from "./pay-off.ts";
import { keyOf } from "./plan.ts";
import { planSync, type SyncPlan } from "./plan-sync.ts";
import { addSchedule, replaceSchedule } from "./replace.ts";

export interface SyncOptions {
  readonly broker: Broker;
  readonly catalog: Catalog;
  readonly app: string;
  /** Of what this process declares. */
  readonly release: string;
  /** Which of the queues are to be brought in line; asked under the lock. */
  readonly select: (queues: readonly string[]) => Promise<readonly string[]> | readonly string[];
  /** Whether those that are no longer declared are removed. Default true. */
  readonly prune?: boolean;
  /** Told what is about to be done. */
  readonly onPlan?: (plan: SyncPlan) => void;
}

export interface Synced {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Declared, but another app has one of the same name in the same queue. */
  readonly foreign: readonly string[];
}

/** So many are on their way at once: one after another would be a round trip each. */
const atOnce = 100;

/** Makes the broker hold the declared schedules: under a lock, and only what changed. */
export function syncSchedules({
  broker,
  catalog,
  app,
  release,
  select,
  prune = true,
  onPlan = () => {},
}: SyncOptions): Promise<Synced> {
  return underLock(broker, storeKeys(broker.prefix).syncLock(app), async () => {
    // Also the queues of jobs that are gone: their schedules would fire for ever.
    const queues = await select([...new Set([...catalog.queues, ...(await readQueueNames(broker))])]);
    const plan = await planSync({ broker, catalog, app, queues, prune });
    onPlan(plan);
    const { write, remove, foreign } = plan;

    for (const queue of new Set(write.map(({ schedule }) => schedule.queue))) await rememberQueue(broker, queue);
    await inParts(write, ({ schedule, before }) => writeOne(broker, schedule, before));
    const ends = new Map(plan.ended.map((schedule) => [keyOf(schedule), schedule.endMs]));
    await inParts(remove, (schedule) => removeOne(broker, schedule, ends.get(keyOf(schedule))));
    await writeLeads(broker, app, queues, release);
    return {
      written: write.map(({ schedule }) => schedule.name),
      removed: remove.map(({ name }) => name),
      foreign: foreign.map(({ name }) => name),
    };
  });
}

async function writeOne(broker: Broker, schedule: NewSchedule, before: StoredSchedule | undefined): Promise<void> {
  if (before === undefined) await addSchedule(broker, schedule);
  else if (!keepsRun(before, schedule, Date.now())) await replaceSchedule(broker, before, schedule);
  else await keepRecord(broker, schedule, await writeSchedule(broker, schedule)); // its accounts go on
}

/** One whose end has come by now still owes what was due before it. */
async function removeOne(broker: Broker, old: StoredSchedule, endMs: number | undefined): Promise<void> {
  // First: a record without a time to live is of one that nobody meant to go.
  await keepRecord(broker, old, undefined);
  await removeSchedule(broker, old.queue, old.name);
  await keepRecord(broker, old, undefined); // a run that began in between has kept it
  if (endMs !== undefined) await payOff(broker, { ...old, endMs: Math.min(endMs, old.endMs ?? endMs) });
}

/** Where one fails, the others are done before it is told: what follows must not meet them. */
async function inParts<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += atOnce) {
    const ends = await Promise.allSettled(items.slice(at, at + atOnce).map(work));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  }
}
