import { defineCommand } from "../program/command.ts";
import { type ActFlags, act, actOptions } from "./act-on-jobs.ts";

export default defineCommand<ActFlags>({
  usage: "job retry [id...]",
  summary: "Give failed jobs back to their queues, with all their attempts again",
  examples: [
    "taskq job retry 4c7d1p0wq2x9k3aa",
    "taskq job retry --all --queue mail --newer-than 2h --error ECONNREFUSED",
    "taskq job retry --all --job 'billing.*' --dry-run",
  ],
  options: [
    ...actOptions.slice(0, -2),
    { flags: "--cancelled", description: "also those that somebody cancelled; --all leaves them" },
    ...actOptions.slice(-2),
  ],

  run: (context, ids, flags) => act(context, { verb: "retry", ids, flags, states: ["failed"] }),
});
