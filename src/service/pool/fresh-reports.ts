import type { HealthReport } from "../operate.ts";
import type { PoolHealth } from "./pool-health.ts";

/** Older than this a report says nothing of now. */
const freshMs = 10_000;

/** How those processes of a pool are that have said so just now. */
export function freshReports({ children }: PoolHealth): HealthReport[] {
  return children.flatMap(({ report, ageMs }) => (report && ageMs! < freshMs ? [report] : []));
}
