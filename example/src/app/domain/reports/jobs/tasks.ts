import { setTimeout as wait } from "node:timers/promises";
import { defineJob } from "taskq";
import { z } from "zod";

export const generateReport = defineJob({
  args: z.object({ month: z.string().regex(/^\d{4}-\d{2}$/, "must look like 2026-11") }),
  timeout: "20s",
  async handler({ month }, { progress, signal, log, state }) {
    for (const percent of [25, 50, 75, 100]) {
      await wait(250, undefined, { signal }); // a timeout or a deploy ends the wait
      await progress(percent);
    }
    log.info(`report of ${month} written`);
    return { month, rows: state.warehouse.rows };
  },
});

export async function refreshTotals() {
  return { refreshed: true };
}
