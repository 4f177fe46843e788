import { jobStates } from "../../broker/look/job-state.ts";
import { TaskqError } from "../../errors.ts";
import { defineCommand } from "../program/command.ts";
import { type ActFlags, act, actOptions } from "./act-on-jobs.ts";

/** All but jobs that run. */
const states = jobStates.filter((state) => state !== "active");

export default defineCommand<ActFlags>({
  usage: "job remove [id...]",
  summary: "Remove jobs and all that is known of them; one that runs is left alone",
  examples: [
    "taskq job remove 4c7d1p0wq2x9k3aa",
    "taskq job remove --all --state failed --older-than 30d --yes",
    "taskq job remove --all --state waiting --job mail.send --dry-run",
  ],
  options: [
    ...actOptions.slice(0, 1),
    { flags: "--state <state...>", description: "of these states; --all needs it", choices: states },
    ...actOptions.slice(1),
  ],

  async run(context, ids, flags) {
    if (flags.all && !flags.state) {
      throw new TaskqError("USAGE", "--all removes jobs of some states, and none is said", {
        hint: "Add `--state failed`, for instance.",
      });
    }
    return act(context, { verb: "remove", ids, flags, states });
  },
});
