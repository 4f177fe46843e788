import { TaskqError } from "../../errors.ts";
import { renderNextRuns } from "../../render/schedule/next-runs.ts";
import { defineCommand } from "../program/command.ts";
import type { NextFlags } from "./next-options.ts";

export default defineCommand<NextFlags>({
  usage: "schedule next [schedule...]",
  summary: "Show the next runs of schedules, and what daylight saving time does to them",
  examples: [
    "taskq schedule next",
    "taskq schedule next accounts.sendDailyDigest --count 3",
    "taskq schedule next 'mail.*' --from 2026-03-28 --json",
    "taskq schedule next --cron '30 2 * * *' --timezone Europe/Berlin",
  ],
  options: [
    { flags: "--count <n>", description: "how many runs of each (default: 5)" },
    { flags: "--from <time>", description: "runs after this moment, ISO 8601 (default: now)" },
    { flags: "--timezone <zone>", description: "show local times there; with --cron also its zone" },
    { flags: "--cron <expression...>", description: "of these expressions instead of declared schedules" },
    { flags: "--stored", description: "ask the broker, not the files; so without a config" },
  ],

  async run(context, names, flags) {
    const [{ readNextOptions, toBareSchedule }, { loadPlanned }, { chooseSchedules }, { nextRuns }] = await Promise.all(
      [
        import("./next-options.ts"),
        import("./planned-source.ts"),
        import("../../schedule/choose.ts"),
        import("../../schedule/next-runs.ts"),
      ],
    );
    const options = readNextOptions(flags, context.nowMs());
    if (flags.cron && names.length > 0) {
      throw new TaskqError("USAGE", "a schedule and --cron are given", {
        hint: "Quote the expression, or leave one out.",
      });
    }
    const schedules = flags.cron
      ? [toBareSchedule(flags.cron, flags.timezone)]
      : chooseSchedules(await loadPlanned(context, flags.stored === true), names);
    const listed = schedules.map((schedule) => nextRuns(schedule, options));
    context.output.data(listed, (look) => renderNextRuns(listed, { ...look, nowMs: context.nowMs() }));
    return 0;
  },
});
