import { jobStates } from "../../broker/look/job-state.ts";
import { TaskqError } from "../../errors.ts";
import { requireQueues } from "../../inspect/require-queues.ts";
import { parseWholeNumber } from "../args/whole-number.ts";
import { actOnAll } from "../job/act-on-all.ts";
import { parseFilter } from "../job/filter.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly state?: readonly string[];
  readonly olderThan?: string;
  readonly limit?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** All but jobs that run. */
const states = jobStates.filter((state) => state !== "active");

export default defineCommand<Options>({
  usage: "queue clean <queue...>",
  summary: "Remove old jobs of some states; never one that runs, never a schedule's next run",
  examples: [
    "taskq queue clean mail --state failed --older-than 30d",
    "taskq queue clean '*' --state completed failed --older-than 7d --limit 10000 --yes",
  ],
  options: [
    { flags: "--state <state...>", description: "completed, failed, waiting, …; it has to be said", choices: states },
    { flags: "--older-than <time>", description: "ended, or enqueued where they have not, that long ago; too" },
    { flags: "--limit <n>", description: "at most so many, the oldest" },
    { flags: "--yes", description: "do not ask" },
    { flags: "--dry-run", description: "say what would be removed, and change nothing" },
  ],

  async run(context, patterns, { limit, yes, dryRun, ...flags }) {
    if (!flags.state || flags.olderThan === undefined) {
      throw new TaskqError("USAGE", "which jobs to remove is not said", {
        hint: "Add `--state` and `--older-than`; `taskq queue empty` removes all that wait.",
      });
    }
    const most = parseWholeNumber("--limit", limit, 1);
    const filter = parseFilter(flags, states);
    const queues = await requireQueues(await context.broker(), patterns);
    return actOnAll(context, { verb: "remove", filter: { ...filter, queues }, limit: most, yes, dryRun });
  },
});
