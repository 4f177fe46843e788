import { readUser } from "../../client/read-user.ts";
import { renderPausedSchedules } from "../../render/schedule/paused.ts";
import { pauseSchedules } from "../../schedule/pause-all.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly reason?: string;
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "schedule pause <schedule...>",
  summary: "Let no tick of these schedules begin a run; what runs goes on",
  examples: [
    "taskq schedule pause billing.settleInvoices --reason 'the bank is down'",
    "taskq schedule pause 'reports.*' --json",
  ],
  options: [
    { flags: "--reason <text>", description: "why: shown to those who look" },
    { flags: "--queue <queue>", description: "only those of this queue" },
  ],

  async run({ broker, output }, patterns, { reason = null, queue }) {
    const paused = await pauseSchedules(await broker(), patterns, { by: readUser(), reason, queue });
    output.data(paused, ({ style }) => renderPausedSchedules(paused, style));
    return 0;
  },
});
