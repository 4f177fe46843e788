import { type JobState, jobStates } from "../../broker/look/job-state.ts";
import { parseDuration } from "../../definition/duration.ts";
import { TaskqError } from "../../errors.ts";
import type { JobFilter } from "../../inspect/scan-jobs.ts";
import type { CommandOption } from "../program/command.ts";

export interface FilterFlags {
  readonly state?: readonly string[];
  readonly queue?: readonly string[];
  readonly job?: readonly string[];
  readonly olderThan?: string;
  readonly newerThan?: string;
  readonly error?: string;
}

/** The options that choose jobs, but for `--state`, which not every command has. */
export const filterOptions: readonly CommandOption[] = [
  { flags: "--queue <glob...>", description: "of these queues (default: all that taskq has used)" },
  { flags: "--job <glob...>", description: "of these names" },
  { flags: "--older-than <time>", description: "ended, or enqueued where they have not, that long ago: 1h, 7d" },
  { flags: "--newer-than <time>", description: "the same, since then" },
  { flags: "--error <text>", description: "whose error holds the text" },
];

/** The flags as a filter. `allowed` are the states that the command can do something with; all, where none is said. */
export function parseFilter(flags: FilterFlags, allowed: readonly JobState[] = jobStates): JobFilter {
  refuseEmpty({ "--queue": flags.queue, "--job": flags.job, "--error": flags.error });
  return {
    states: flags.state?.map((state) => checkState(state, allowed)) ?? allowed,
    queues: flags.queue ?? [],
    jobs: flags.job ?? [],
    olderThanMs: parseAge("--older-than", flags.olderThan),
    newerThanMs: parseAge("--newer-than", flags.newerThan),
    error: flags.error,
  };
}

/** An unset variable of a shell, likely: without its filter far more would be meant, or nothing. */
function refuseEmpty(flags: Readonly<Record<string, string | readonly string[] | undefined>>): void {
  const [flag] = Object.entries(flags).find(([, said]) => [said].flat().includes("")) ?? [];
  if (flag === undefined) return;
  throw new TaskqError("USAGE", `${flag} must be a text, not ""`, { hint: "Say which, or leave it out." });
}

function checkState(state: string, allowed: readonly JobState[]): JobState {
  const known = allowed.find((each) => each === state);
  if (known) return known;
  const what = jobStates.some((each) => each === state) ? "no state that this is for" : "no state of a job";
  throw new TaskqError("USAGE", `"${state}" is ${what}`, { hint: `Take one of ${allowed.join(", ")}.` });
}

function parseAge(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new TaskqError("USAGE", `${flag} must be a duration such as "1h", not "${text}"`, {
    hint: "Write it as 30s, 5m, 1h30m or 7d.",
  });
}
