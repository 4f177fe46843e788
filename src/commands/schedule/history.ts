import { renderScheduleHistory } from "../../render/schedule/history.ts";
import { readScheduleHistory } from "../../schedule/history.ts";
import { parseWholeNumber } from "../args/whole-number.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly limit?: string;
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "schedule history <schedule>",
  summary: "Show what happened to a schedule: runs, missed and skipped ticks, pauses",
  examples: [
    "taskq schedule history billing.settleInvoices",
    "taskq schedule history reports.totals --limit 100 --json",
  ],
  options: [
    { flags: "--limit <n>", description: "at most so many entries, of the last 200 (default: 20)" },
    { flags: "--queue <queue>", description: "where two queues have a schedule of the name" },
  ],

  async run({ broker, output }, [name], { limit, queue }) {
    const history = await readScheduleHistory(await broker(), name!, {
      queue,
      count: parseWholeNumber("--limit", limit, 1) ?? 20,
    });
    output.data(history, (look) => renderScheduleHistory(history, look));
    return 0;
  },
});
