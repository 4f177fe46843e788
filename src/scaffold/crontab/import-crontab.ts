import { TaskqError } from "../../errors.ts";
import { type CrontabSchedule, type NotCarried, readCrontab } from "./read-crontab.ts";
import { scheduledFile } from "./scheduled-file.ts";

export interface ImportOptions {
  /** What people call the crontab. */
  readonly shown: string;
  /** Whether a user stands before each command. Default: where the path or the lines say so. */
  readonly isSystem: boolean;
  readonly timezone: string | undefined;
  readonly isTypeScript: boolean;
}

export interface ImportedCrontab {
  readonly schedules: readonly CrontabSchedule[];
  readonly notCarried: readonly NotCarried[];
  /** Of the scheduled file. */
  readonly text: string;
}

/** What a crontab says as a scheduled file. Throws USAGE where nothing of it can be said. */
export function importCrontab(
  text: string,
  { shown, isSystem, timezone, isTypeScript }: ImportOptions,
): ImportedCrontab {
  const withUsers = isSystem || /^\/etc\/(?:crontab$|cron\.d\/)/.test(shown) || isAllOfRoot(text);
  const parts = readCrontab(text, { isSystem: withUsers, timezone: timezone ?? null });
  const schedules = parts.flatMap((part) => ("schedule" in part ? [part.schedule] : []));
  const notCarried = parts.flatMap((part) => ("notCarried" in part ? [part.notCarried] : []));
  if (schedules.length > 0) return { schedules, notCarried, text: scheduledFile(parts, isTypeScript) };

  const [first] = notCarried;
  throw new TaskqError("USAGE", `${shown} has no line that a schedule could say`, {
    hint: first && `Line ${first.line} for one: ${first.reason}.`,
  });
}

/** A user's own lines do not all run a program called root. */
function isAllOfRoot(text: string): boolean {
  const entries = text.split("\n").filter((line) => /^\s*[-@*\d]/.test(line));
  return entries.length > 0 && entries.every((line) => /^\s*-?(?:@\w+|\S+(?:\s+\S+){4})\s+root\s/.test(line));
}
