import { setTimeout as wait } from "node:timers/promises";
import { readQueueStats } from "../inspect/queue-stats.ts";
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
    const read = () => readQueueStats(opened, patterns);

    if (!watch) {
      const stats = await read();
      output.data(stats, (look) => renderQueueStats(stats, look));
      return 0;
    }
    const signal = interrupted();
    while (!signal.aborted) {
      const stats = await read();
      output.redraw(stats, (look) => renderQueueStats(stats, look));
      await wait(everyMs, undefined, { signal }).catch(() => {});
    }
    return 0;
  },
});
