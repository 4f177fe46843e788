import { checkCron } from "../../cron/check-cron.ts";

/** When a line of a crontab runs, as a schedule says it; or why no schedule can. */
export type Times = { readonly cron: string } | { readonly every: string } | { readonly reason: string };

const macros: Readonly<Record<string, string>> = { "@midnight": "@daily", "@every_minute": "* * * * *" };
const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** The time words of a line, of cron's dialects: vixie, cronie, the BSDs, supercronic. */
export function readTimes(words: string): Times {
  if (words === "@reboot") return { reason: "the start of the host is no time: put it into a startup file" };
  const seconds = /^@(\d+)$/.exec(words)?.[1];
  if (seconds !== undefined) return { every: `${seconds}s` };
  const cron = macros[words] ?? words.split(/\s+/).map(toField).join(" ");

  const problem = checkCron(cron);
  if (problem !== undefined) return { reason: problem };
  const [, , day, , weekday] = cron.split(" ");
  if (isRestricted(day) && isRestricted(weekday) && (day!.startsWith("*") || weekday!.startsWith("*"))) {
    return { reason: `day ${day} and weekday ${weekday} have to agree in cron, and here one of them is enough` };
  }
  return { cron };
}

/** `0~30`: a random number of a range, drawn anew by cron at each start; `H` draws it once. */
function toField(field: string, at: number): string {
  const range = ranges[at];
  const [, low, high] = /^(\d*)~(\d*)$/.exec(field) ?? [];
  return low === undefined || !range ? field : `H(${low || range[0]}-${high || range[1]})`;
}

const isRestricted = (field: string | undefined): boolean => field !== undefined && field !== "*" && field !== "?";
