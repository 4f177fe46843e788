import { readUser } from "../../client/read-user.ts";
import { renderReceipt } from "../../render/job/receipt.ts";
import { renderSettled } from "../../render/job/settled.ts";
import { findSchedule } from "../../schedule/find.ts";
import { runSchedule } from "../../schedule/run.ts";
import type { Wait } from "../enqueue/wait.ts";
import { defineCommand } from "../program/command.ts";
import { readRunArgs } from "./run-args.ts";

interface Options {
  readonly args?: string;
  readonly wait?: Wait;
  readonly reason?: string;
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "schedule run <schedule> [key=value...]",
  summary: "Enqueue a run of a schedule now, paused or not; its ticks stay as they are",
  examples: [
    "taskq schedule run billing.settleInvoices --wait",
    "taskq schedule run reports.monthly month=2026-10 --wait 5m --json",
  ],
  options: [
    { flags: "--args <json>", description: "instead of its own args: JSON, @file, or - for standard input" },
    { flags: "--wait [time]", description: "wait for its end, show the result; exit with 1 if it fails" },
    { flags: "--reason <text>", description: "why: kept in the history" },
    { flags: "--queue <queue>", description: "where two queues have a schedule of the name" },
  ],

  async run(context, [name, ...words], { wait, reason = null, queue: said, ...flags }) {
    const { queue, job } = await findSchedule(await context.broker(), name!, said);
    const options = { by: readUser(), reason, queue, args: await readRunArgs(context, job, flags.args, words) };
    if (wait !== undefined) {
      const [{ waitAndShow }, { settle }] = await Promise.all([
        import("../enqueue/wait.ts"),
        import("../../client/settle.ts"),
      ]);
      return waitAndShow(
        context,
        wait,
        (waiting) => settle({ ...waiting, queue }, async (listening) => runSchedule(await listening(), name!, options)),
        renderSettled,
      );
    }
    const run = await runSchedule(await context.broker(), name!, options);
    context.output.data(run, ({ style }) => renderReceipt(run, style));
    return 0;
  },
});
