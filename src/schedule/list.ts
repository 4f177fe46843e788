import type { Broker } from "../broker/broker.ts";
import type { StoredSchedule } from "../broker/schedules/schedulers.ts";
import { readStoredSchedules } from "../broker/schedules/stored-schedules.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import { type RunnerRecord, readRunners } from "../broker/store/runners.ts";
import { readScheduleRecords } from "../broker/store/schedule-record.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { toNewSchedule } from "./declared.ts";
import { hasEnded } from "./has-ended.ts";
import { isForeign, isSame, keyOf } from "./plan.ts";
import { type ScheduleRow, toRow } from "./row.ts";

export interface ListOptions {
  /** What the project declares; without it every schedule of the broker is taken as it stands. */
  readonly project?: { readonly catalog: Catalog; readonly app: string } | undefined;
  /** Keys of results that no output shows. */
  readonly redact?: readonly string[] | undefined;
}

/** Every declared and every stored schedule, matched with each other. */
export async function listSchedules(broker: Broker, { project, redact = [] }: ListOptions): Promise<ScheduleRow[]> {
  const queues = new Set([...(project?.catalog.queues ?? []), ...(await readQueueNames(broker))]);
  const [stored, runners] = await Promise.all([readStoredSchedules(broker, [...queues]), readRunners(broker)]);
  const storedByKey = new Map(stored.map((schedule) => [keyOf(schedule), schedule]));
  const declared = (project?.catalog.schedules ?? []).map((schedule) => toNewSchedule(schedule, project!.app));
  const declaredKeys = new Set(declared.map(keyOf));
  const all = [
    ...declared.map((schedule) => {
      const twin = storedByKey.get(keyOf(schedule));
      if (isForeign(twin, schedule.app)) return { schedule: twin!, state: "foreign" } as const;
      const isOver = twin?.nextMs === undefined && hasEnded(schedule, Date.now());
      const state = isOver ? "ended" : twin === undefined ? "new" : isSame(schedule, twin) ? "ok" : "changed";
      return { schedule: { ...schedule, nextMs: twin?.nextMs }, state } as const;
    }),
    ...stored
      .filter((schedule) => !declaredKeys.has(keyOf(schedule)))
      .map((schedule) => ({ schedule, state: stateOf(schedule, project?.app) }) as const),
  ];
  const records = await readScheduleRecords(
    broker,
    all.map(({ schedule }) => schedule),
  );
  const worked = workedQueues(runners);
  return all.map(({ schedule, state }, at) =>
    toRow({ schedule, state, record: records[at]!, isWorked: worked.has(schedule.queue), redact }),
  );
}

/** Without a project nobody can tell what is no longer declared. */
function stateOf({ app }: StoredSchedule, ours: string | undefined): ScheduleRow["state"] {
  if (ours === undefined) return app === undefined ? "foreign" : "ok";
  return app === ours ? "orphan" : "foreign";
}

const workedQueues = (runners: readonly RunnerRecord[]) =>
  new Set(
    runners.flatMap(({ state, queues }) =>
      state === "closing" || state === "quiet" ? [] : queues.map((q) => q.queue),
    ),
  );
