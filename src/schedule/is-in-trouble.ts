import type { ScheduleRow } from "./row.ts";

/** Whether somebody should look: its next run is overdue, or its last one failed. Another app's is not ours to mend. */
export function isInTrouble({ state, overdue, last }: ScheduleRow): boolean {
  return state !== "foreign" && (overdue || last?.outcome === "failed");
}
