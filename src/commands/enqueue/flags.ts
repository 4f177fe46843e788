import { parseMoment } from "../../cron/parse-moment.ts";
import type { EnqueueOptions, Meta } from "../../definition/enqueue.ts";
import { TaskqError } from "../../errors.ts";
import { parseJson } from "../args/args.ts";
import { parseWholeNumber } from "../args/whole-number.ts";
import type { CommandOption } from "../program/command.ts";

export interface EnqueueFlags {
  readonly args?: string;
  readonly ndjson?: string;
  readonly delay?: string;
  readonly at?: string;
  readonly priority?: string;
  readonly attempts?: string;
  readonly timeout?: string;
  readonly queue?: string;
  readonly jobId?: string;
  readonly meta?: string;
  readonly unique?: string | boolean;
  readonly replace?: boolean;
  readonly wait?: string | true;
  readonly dryRun?: boolean;
}

export const enqueueFlags: readonly CommandOption[] = [
  { flags: "--args <json>", description: "a JSON object, @file, or - for standard input; key=value wins over it" },
  { flags: "--ndjson <file>", description: "a job for each line of a file, or of - for standard input" },
  { flags: "--delay <time>", description: "not before this time has passed, such as 30s or 2h" },
  { flags: "--at <time>", description: "not before this time, such as 2026-12-24T18:00:00Z" },
  { flags: "--priority <n>", description: "lower runs first, from 1; 0 runs before all" },
  { flags: "--attempts <n>", description: "tries in all, the first included" },
  { flags: "--timeout <time>", description: "the longest that one attempt may take" },
  { flags: "--queue <name>", description: "another queue of the project than the job's own" },
  { flags: "--job-id <id>", description: "an id of your own; a job that has it already is left alone" },
  { flags: "--meta <json>", description: "a JSON object that goes along with the job beside its args" },
  {
    flags: "--unique [key]",
    description: "not while a job of this name and key is unfinished (without a key: of equal args)",
  },
  { flags: "--no-unique", description: "although the job's definition says unique" },
  { flags: "--replace", description: "take the place of the job with the unique key, if it has not begun" },
  { flags: "--wait [time]", description: "until the job has ended, or for this long; 1 if it failed" },
  { flags: "--dry-run", description: "check everything, say what would be written, write nothing; needs no broker" },
];

/** What the flags say, in the client's words. */
export function toEnqueueOptions(flags: EnqueueFlags): EnqueueOptions {
  const { delay, at, priority, attempts, timeout, queue, jobId, meta, unique, replace } = flags;
  if (typeof unique === "string" && unique.includes("=")) {
    throw new TaskqError("USAGE", `"${unique}" after --unique may be its key or an argument of the job`, {
      hint: "Put --unique last, or give it a key without `=`.",
    });
  }
  return {
    delay,
    at: parseTime(at),
    priority: parseWholeNumber("--priority", priority, 0),
    attempts: parseWholeNumber("--attempts", attempts, 0),
    timeout,
    queue,
    id: jobId,
    meta: meta === undefined ? undefined : (parseJson("--meta", meta) as Meta),
    unique,
    replace,
  };
}

/** A time without a zone is on the clock of this host. */
function parseTime(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const ms = parseMoment(text, { zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  if (ms !== undefined) return new Date(ms);
  throw new TaskqError("USAGE", `--at must be a time, not "${text}"`, { hint: "Write it as 2026-12-24T18:00:00Z." });
}
