import { readUser } from "../../client/read-user.ts";
import { renderResumedSchedules } from "../../render/schedule/resumed.ts";
import { resumeSchedules } from "../../schedule/resume-all.ts";
import { defineCommand } from "../program/command.ts";
import { parseCatchUp } from "./parse-catch-up.ts";

interface Options {
  readonly catchUp?: string;
  readonly reason?: string;
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "schedule resume <schedule...>",
  summary: "Let paused schedules run again, and catch up what the pause has cost",
  examples: ["taskq schedule resume billing.settleInvoices", "taskq schedule resume 'reports.*' --catch-up skip"],
  options: [
    {
      flags: "--catch-up <which>",
      description: "once, skip or all (default: what each schedule says)",
      choices: ["once", "skip", "all"],
    },
    { flags: "--reason <text>", description: "why: kept in the history" },
    { flags: "--queue <queue>", description: "only those of this queue" },
  ],

  async run({ broker, output }, patterns, { reason = null, queue, ...flags }) {
    const catchUp = parseCatchUp(flags.catchUp);
    const resumed = await resumeSchedules(await broker(), patterns, { by: readUser(), reason, queue, catchUp });
    output.data(resumed, ({ style }) => renderResumedSchedules(resumed, style));
    return 0;
  },
});
