import { setTimeout as wait } from "node:timers/promises";
import { readQueueStats } from "../inspect/queue-stats.ts";
import { queuesInstead } from "../inspect/queues-instead.ts";
import { renderQueueStats } from "../render/queue/stats.ts";
import { defineCommand } from "./program/command.ts";

interface Options {
  readonly watch?: boolean;
}

const everyMs = 1_000;

export default defineCommand<Options>({
  usage: "stats [queue...]",
  summary: "Show what each queue holds, by state",
  examples: ["taskq stats", "taskq stats 'mail*' --json", "taskq stats --watch"],
  options: [{ flags: "--watch", description: "again every second, until Ctrl-C" }],

  async run({ broker, output, interrupted }, patterns, { watch }) {
    const opened = await broker();
    const show = async (put: typeof output.data) => {
      const stats = await readQueueStats(opened, patterns);
      const asked = { patterns, known: await queuesInstead(opened, stats) };
      put(stats, (look) => renderQueueStats(stats, { ...look, asked }));
    };

    if (!watch) {
      await show(output.data);
      return 0;
    }
    const signal = interrupted();
    while (!signal.aborted) {
      await show(output.redraw);
      await wait(everyMs, undefined, { signal }).catch(() => {});
    }
    return 0;
  },
});
