import { defineCommand } from "../program/command.ts";
import { type ActFlags, act, actOptions } from "./act-on-jobs.ts";

export default defineCommand<ActFlags>({
  usage: "job promote [id...]",
  summary: "Let delayed jobs run now",
  examples: ["taskq job promote 4c7d1p0wq2x9k3aa", "taskq job promote --all --job mail.send --yes"],
  options: actOptions,

  run: (context, ids, flags) => act(context, { verb: "promote", ids, flags, states: ["delayed"] }),
});
