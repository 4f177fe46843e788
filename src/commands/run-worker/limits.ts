import { parseDuration } from "../../definition/duration.ts";
import { parseSize } from "../../definition/size.ts";
import { TaskqError } from "../../errors.ts";
import type { Limit, Limits } from "../../service/recycle.ts";

export interface LimitFlags {
  readonly maxJobs?: string;
  readonly maxTime?: string;
  readonly maxMemory?: string;
}

const parseCount = (text: string) => (/^\d+$/.test(text) ? Number(text) : undefined);

/** The limits that the flags say, or undefined where they say none. */
export function parseLimits({ maxJobs, maxTime, maxMemory }: LimitFlags): Limits | undefined {
  const limits = {
    jobs: parse("--max-jobs", maxJobs, parseCount, "a whole number from 1"),
    timeMs: parse("--max-time", maxTime, parseDuration, 'a duration such as "1h"'),
    memoryBytes: parse("--max-memory", maxMemory, parseSize, 'a size such as "512mb"'),
  };
  return Object.values(limits).some(Boolean) ? limits : undefined;
}

function parse(
  flag: string,
  text: string | undefined,
  read: (text: string) => number | undefined,
  what: string,
): Limit | undefined {
  if (text === undefined) return undefined;
  const most = read(text);
  if (most !== undefined && most > 0 && Number.isFinite(most)) return { said: `${flag} ${text}`, most };
  throw new TaskqError("USAGE", `${flag} must be ${what}, not "${text}"`, {
    hint: "See `taskq run-worker --help`.",
  });
}
