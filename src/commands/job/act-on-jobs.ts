import type { JobState } from "../../broker/look/job-state.ts";
import { TaskqError } from "../../errors.ts";
import type { JobVerb } from "../../inspect/act-tally.ts";
import type { CommandContext, CommandOption } from "../program/command.ts";
import { actOnAll } from "./act-on-all.ts";
import { actOnIds } from "./act-on-ids.ts";
import { type FilterFlags, filterOptions, parseFilter } from "./filter.ts";

export interface ActFlags extends FilterFlags {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly cancelled?: boolean;
}

/** What every command takes that does something to jobs. */
export const actOptions: readonly CommandOption[] = [
  { flags: "--all", description: "all jobs that the following say; it asks first" },
  ...filterOptions,
  { flags: "--yes", description: "do not ask" },
  { flags: "--dry-run", description: "say what would be done, and change nothing" },
];

export interface ActCall {
  readonly verb: JobVerb;
  readonly ids: readonly string[];
  readonly flags: ActFlags;
  /** What it can be done to. */
  readonly states: readonly JobState[];
}

/** To the jobs that are named, or to all that the flags choose. */
export async function act(context: CommandContext, { verb, ids, flags, states }: ActCall): Promise<number> {
  refuseMixture(verb, ids, flags);
  if (ids.length > 0) {
    return actOnIds(context, { verb, ids, queue: flags.queue?.[0], dryRun: flags.dryRun });
  }
  const { yes, dryRun, reason, cancelled } = flags;
  return actOnAll(context, { verb, filter: parseFilter(flags, states), yes, dryRun, reason, cancelled });
}

/** Ids and filters do not go together: which of the two was meant could only be guessed. */
export function refuseMixture(verb: JobVerb, ids: readonly string[], flags: ActFlags): void {
  const { all, state, job, olderThan, newerThan, error, queue, cancelled } = flags;
  if (ids.length === 0 && !all) {
    throw new TaskqError("USAGE", `which jobs to ${verb} is not said`, {
      hint: `Name their ids before any option, or add \`--all\`; see \`taskq job ${verb} --help\`.`,
    });
  }
  const filters = {
    "--all": all,
    "--state": state,
    "--job": job,
    "--error": error,
    "--older-than": olderThan,
    "--newer-than": newerThan,
    "--cancelled": cancelled,
    "several queues": (queue?.length ?? 0) > 1 || undefined,
  };
  const [filter] = Object.entries(filters).find(([, value]) => value !== undefined) ?? [];
  if (ids.length === 0 || filter === undefined) return;
  throw new TaskqError("USAGE", `ids and ${filter} do not go together`, {
    hint: "Name ids, or choose jobs by `--all` and filters.",
  });
}
