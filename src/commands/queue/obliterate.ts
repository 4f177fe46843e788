import { TaskqError } from "../../errors.ts";
import { obliterateQueue } from "../../inspect/obliterate-queue.ts";
import { readQueueStats } from "../../inspect/queue-stats.ts";
import { renderObliterated, renderObliterateQuestion } from "../../render/queue/obliterate.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly confirm?: string;
  readonly force?: boolean;
}

export default defineCommand<Options>({
  usage: "queue obliterate <queue>",
  summary: "Remove a queue with all its jobs, its schedules and its limits",
  examples: ["taskq queue obliterate old-mail", "taskq queue obliterate old-mail --confirm old-mail"],
  options: [
    { flags: "--confirm <queue>", description: "its name once more, instead of the question" },
    { flags: "--force", description: "although jobs run there, or workers live" },
    { flags: "--yes", description: "not enough here: use --confirm" },
  ],

  async run({ broker, output, ask }, [queue], { confirm, force = false }) {
    const opened = await broker();
    const [stats] = await readQueueStats(opened, [queue!]);
    const typed = confirm ?? (await ask(renderObliterateQuestion(queue!, stats), `--confirm ${queue}`));
    if (typed !== queue) {
      throw new TaskqError("USAGE", `"${typed}" is not the name of the queue ${queue}: nothing was changed`);
    }
    await obliterateQueue(opened, queue, force);
    output.data({ queue, obliterated: true }, ({ style }) => renderObliterated(queue, style));
    return 0;
  },
});
