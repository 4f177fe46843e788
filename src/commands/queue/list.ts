import { listQueues } from "../../inspect/queue-list.ts";
import { queuesInstead } from "../../inspect/queues-instead.ts";
import { renderQueueList } from "../../render/queue/list.ts";
import { defineCommand } from "../program/command.ts";

export default defineCommand({
  usage: "queue list [queue...]",
  summary: "Show what is set for each queue: paused, its limits, and who did it",
  examples: ["taskq queue list", "taskq queue list 'mail*' --json"],

  async run({ broker, output, nowMs }, patterns) {
    const opened = await broker();
    const rows = await listQueues(opened, patterns);
    const asked = { patterns, known: await queuesInstead(opened, rows) };
    output.data(rows, (look) => renderQueueList(rows, { ...look, nowMs: nowMs(), asked }));
    return 0;
  },
});
