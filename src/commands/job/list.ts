import { jobStates } from "../../broker/look/job-state.ts";
import { listJobs } from "../../inspect/list-jobs.ts";
import { renderScanProgress } from "../../render/job/acts.ts";
import { renderJobCounts } from "../../render/job/counts.ts";
import { renderJobList } from "../../render/job/list.ts";
import { parseWholeNumber } from "../args/whole-number.ts";
import { defineCommand } from "../program/command.ts";
import { type FilterFlags, filterOptions, parseFilter } from "./filter.ts";
import { tellUnreadable } from "./unreadable.ts";

interface Options extends FilterFlags {
  readonly limit?: string;
  readonly offset?: string;
  readonly count?: boolean;
}

export default defineCommand<Options>({
  usage: "job list",
  summary: "List jobs of any state, the newest first, and count them by name",
  examples: [
    "taskq job list --state failed --newer-than 1h",
    "taskq job list --queue 'mail*' --error timeout --limit 200 --json",
    "taskq job list --state failed --count",
  ],
  options: [
    {
      flags: "--state <state...>",
      description: "waiting, active, delayed, failed, … (default: all)",
      choices: jobStates,
    },
    ...filterOptions,
    { flags: "--limit <n>", description: "how many are listed (default: 50)" },
    { flags: "--offset <n>", description: "pass over so many of the newest" },
    { flags: "--count", description: "count them by state and name, and list none" },
  ],

  async run({ broker, config, output, nowMs, interrupted }, _args, options) {
    const filter = parseFilter(options);
    const limit = options.count ? 0 : (parseWholeNumber("--limit", options.limit, 1) ?? 50);
    const offset = parseWholeNumber("--offset", options.offset, 0) ?? 0;
    const list = await listJobs(await broker(), filter, {
      limit,
      offset,
      redact: (await config()).redact,
      nowMs: nowMs(),
      onProgress: (seen) => output.progress(renderScanProgress(seen)),
      signal: interrupted(),
    });
    output.progress("");
    if (options.count) output.data(list.counts, (look) => renderJobCounts(list.counts, look));
    else output.data(list.jobs, (look) => renderJobList(list, { ...look, nowMs: nowMs() }));
    tellUnreadable(output, list.unreadable);
    return interrupted().aborted ? 130 : 0;
  },
});
