import type { Broker } from "../broker/broker.ts";
import { readStoredSchedules } from "../broker/schedules/stored-schedules.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import type { Catalog } from "../discovery/catalog.ts";

/** A schedule, as far as its runs hang on it. */
export interface Planned {
  readonly name: string;
  /** One expression, or several as `joinCrons` joins them. */
  readonly cron: string | undefined;
  readonly everyMs: number | undefined;
  readonly timezone: string;
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  readonly jitterMs?: number | undefined;
  /** From where an `every` counts on: its next run in the broker. */
  readonly nextMs?: number | undefined;
}

/** The schedules as they are declared. No broker is asked: a cron knows its runs by itself. */
export const plannedOf = ({ schedules }: Catalog): Planned[] => [...schedules];

/** The schedules as the broker holds them, of every app. */
export async function readPlanned(broker: Broker): Promise<Planned[]> {
  const stored = await readStoredSchedules(broker, await readQueueNames(broker));
  // BullMQ reads a cron without a zone on the clock of the host.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return stored.map((schedule) => ({ ...schedule, timezone: schedule.timezone ?? timeZone }));
}
