import { checkZone } from "../../cron/check-zone.ts";
import { readTimes } from "./crontab-times.ts";
import { functionName } from "./function-name.ts";
import { type CrontabLine, parseCrontab } from "./parse-crontab.ts";

/** A line of a crontab as a schedule. */
export interface CrontabSchedule {
  readonly line: number;
  /** Of its function. */
  readonly name: string;
  readonly cron: string | null;
  readonly every: string | null;
  readonly timezone: string | null;
  readonly jitter: string | null;
  readonly command: string;
  readonly input: string | null;
  readonly shell: string | null;
  readonly folder: string | null;
  readonly env: Readonly<Record<string, string>>;
}

/** What of a crontab no schedule can say. */
export interface NotCarried {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** In the order of the lines. */
export type CrontabPart =
  | { readonly schedule: CrontabSchedule }
  | { readonly comment: string }
  | { readonly notCarried: NotCarried }
  | { readonly blank: true };

export interface CrontabOptions {
  /** Whether a user stands before each command, as in /etc/crontab. */
  readonly isSystem: boolean;
  /** The zone of lines before which no CRON_TZ stands. */
  readonly timezone: string | null;
}

/** To whom and from whom cron sends what a command prints. */
const mail = /^MAIL(TO|FROM)$/;

type Entry = CrontabLine & { readonly kind: "entry" };
type Variable = CrontabLine & { readonly kind: "variable" };

/** What each line of a crontab becomes. */
export function readCrontab(text: string, { isSystem, timezone }: CrontabOptions): CrontabPart[] {
  const names = new Set<string>();
  const users = new Set<string>();
  const env: Record<string, string> = {};
  let zone: string | null = timezone;
  let jitter: string | null = null;
  let shell: string | null = null;
  let folder: string | null = null;

  return parseCrontab(text, isSystem).flatMap((line): CrontabPart[] => {
    if (line.kind === "blank") return [{ blank: true }];
    if (line.kind === "comment") return [{ comment: line.words }];
    if (line.kind === "strange")
      return [refuse(line, "it is neither a comment, nor a variable, nor a time and a command")];
    if (line.kind === "variable") return readVariable(line);
    return readEntry(line);
  });

  function readVariable({ name, value, ...line }: Variable): CrontabPart[] {
    const secret = /PASS|SECRET|TOKEN|(?:^|_)KEY/i.test(name);
    if (secret) return [refuse({ ...line, text: `${name}=***` }, "it looks like a secret: give it to the worker")];
    const problem = refusalOf(name, value);
    if (problem !== undefined) return [refuse(line, problem)];
    if (name === "CRON_TZ") zone = value || timezone;
    else if (name === "RANDOM_DELAY") jitter = Number(value) > 0 ? `${Number(value)}m` : null;
    else if (name === "SHELL") shell = value;
    else if (name === "HOME") folder = value;
    else if (!mail.test(name)) env[name] = value;
    return [];
  }

  function readEntry(entry: Entry): CrontabPart[] {
    const { number: line, command, input = null, user } = entry;
    const times = readTimes(entry.times);
    if ("reason" in times) return [refuse(entry, times.reason)];
    const name = functionName(command, names);
    names.add(name);
    const [cron, every] = "cron" in times ? [times.cron, null] : [null, times.every];
    const late = cron === null ? null : jitter;
    const timezone = cron === null ? null : zone;
    const schedule = {
      line,
      name,
      cron,
      every,
      timezone,
      jitter: late,
      command,
      input,
      shell,
      folder,
      env: { ...env },
    };
    const isNew = user !== undefined && !users.has(user);
    if (isNew) users.add(user);
    const asUser = isNew && refuse({ number: line, text: user }, "every command runs as the worker's own user");
    return [...(asUser ? [asUser] : []), { schedule }];
  }
}

function refuse({ number, text }: { readonly number: number; readonly text: string }, reason: string): CrontabPart {
  return { notCarried: { line: number, text, reason } };
}

function refusalOf(name: string, value: string): string | undefined {
  if (name === "CRON_TZ" && value !== "") return checkZone(value);
  if (mail.test(name) && value !== "") {
    return "nobody is mailed: what a command prints is in the job's log, and `onFailed` in the config tells of failures";
  }
  if (name === "RANDOM_DELAY" && !/^\d+$/.test(value)) return "it is no number of minutes";
  return undefined;
}
