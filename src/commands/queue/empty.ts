import { requireQueues } from "../../inspect/require-queues.ts";
import { actOnAll } from "../job/act-on-all.ts";
import { parseFilter } from "../job/filter.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

export default defineCommand<Options>({
  usage: "queue empty <queue...>",
  summary: "Remove all jobs that have not begun; schedules stay, with their next runs",
  examples: ["taskq queue empty mail", "taskq queue empty 'import*' --yes"],
  options: [
    { flags: "--yes", description: "do not ask" },
    { flags: "--dry-run", description: "say what would be removed, and change nothing" },
  ],

  async run(context, patterns, { yes, dryRun }) {
    const queues = await requireQueues(await context.broker(), patterns);
    const filter = parseFilter({ queue: queues }, ["waiting", "prioritized", "delayed"]);
    return actOnAll(context, { verb: "remove", filter, yes, dryRun });
  },
});
