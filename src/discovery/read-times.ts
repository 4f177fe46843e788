import { checkCron } from "../cron/check-cron.ts";
import { checkZone } from "../cron/check-zone.ts";
import { expandHash } from "../cron/expand-hash.ts";
import { joinCrons } from "../cron/join-crons.ts";
import { nextRun } from "../cron/next-run.ts";
import { parseMoment } from "../cron/parse-moment.ts";
import { spread } from "../cron/spread.ts";
import { parseDuration } from "../definition/duration.ts";
import type { ScheduleDefinition } from "../definition/schedule.ts";
import { showValue } from "../definition/show-value.ts";
import type { CatalogSchedule } from "./catalog.ts";

export type Times = Pick<CatalogSchedule, "cron" | "everyMs" | "timezone" | "startMs" | "endMs" | "jitterMs">;

/** When a schedule runs, with all its defaults; and what is wrong with that, a sentence each. */
export function readTimes(
  definition: ScheduleDefinition,
  name: string,
  defaultZone: string,
): { readonly times?: Times; readonly problems: readonly string[] } {
  const { cron, every, timezone = defaultZone, jitter } = definition;
  const zone = checkZone(timezone);
  const problems = [...checkRhythm(definition, name), ...(zone === undefined ? [] : [zone])];
  if (problems.length > 0) return { problems };

  const startMs = parseMoment(definition.startAt, { zone: timezone });
  const endMs = parseMoment(definition.endAt, { zone: timezone, isEnd: true });
  const times: Times = {
    cron: cron === undefined ? undefined : joinCrons(toList(cron).map((one) => expandHash(one.trim(), name))),
    everyMs: parseDuration(every),
    timezone,
    startMs,
    endMs,
    // Drawn once for each schedule and not at each run: the distances stay as they are declared, and the next run is known.
    jitterMs: spread(`${name} jitter`, (parseDuration(jitter) ?? 0) + 1),
  };
  return { times, problems: checkBounds(definition, times) };
}

function checkRhythm({ cron, every, jitter }: ScheduleDefinition, name: string): string[] {
  if (cron === undefined && every === undefined) return ["it has neither `cron` nor `every`"];
  if (cron !== undefined && every !== undefined) return ["it has both `cron` and `every`"];
  if (cron === undefined)
    return jitter === undefined ? [] : ["it has `jitter` and no `cron`: an `every` keeps no clock"];
  if (toList(cron).length === 0) return ["the cron must hold an expression, not an empty array"];
  return toList(cron).flatMap((one) => checkCron(one, name) ?? []);
}

function checkBounds({ startAt, endAt }: ScheduleDefinition, { cron, timezone, startMs, endMs }: Times): string[] {
  const wrong = [
    ...(startAt !== undefined && startMs === undefined ? [`startAt ${noMoment(startAt)}`] : []),
    ...(endAt !== undefined && endMs === undefined ? [`endAt ${noMoment(endAt)}`] : []),
  ];
  if (wrong.length > 0 || startMs === undefined || endMs === undefined) return wrong;
  const [start, end] = [startMs, endMs].map((ms) => new Date(ms).toISOString());
  if (endMs < startMs) return [`endAt (${end}) is before startAt (${start})`];
  const isIdle = cron !== undefined && !nextRun({ cron, timezone, startMs, endMs }, startMs - 1);
  return isIdle ? [`it never runs: its cron has no tick between startAt (${start}) and endAt (${end})`] : [];
}

function noMoment(value: unknown): string {
  const shown = value instanceof Date ? "an invalid Date" : showValue(value);
  return `must be a Date or a text such as "2026-12-01" or "2026-12-01T08:00", not ${shown}`;
}

const toList = (cron: string | readonly string[]): readonly string[] =>
  Array.isArray(cron) ? (cron as readonly string[]) : [cron as string];
