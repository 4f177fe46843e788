import { type ClockTurn, clockTurn } from "../cron/clock-turn.ts";
import { nextRun, type Run } from "../cron/next-run.ts";
import { showMoment } from "../cron/show-moment.ts";
import type { Planned } from "./planned.ts";

/** One run to come, as `taskq schedule next` prints it. */
export interface NextRun {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** The same moment on the local clock, with its distance from UTC. */
  readonly local: string;
  /** What a turn of the schedule's clock does to it. `gap`: its time is jumped over. `first`, `second`: of two such times. */
  readonly turn: ClockTurn | null;
  /** The time of day that the cron names, where the clock jumps over it. */
  readonly named: string | null;
}

export interface NextRuns {
  readonly name: string;
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
  readonly runs: readonly NextRun[];
  /** Why there are not as many runs as were asked for, or null. */
  readonly reason: string | null;
}

export interface NextOptions {
  readonly count: number;
  /** Runs after this moment. */
  readonly fromMs: number;
  /** Whose clock `local` shows. Default: each schedule's own. */
  readonly zone: string | undefined;
}

/** The next runs of a schedule. Pure: no clock, no broker. */
export function nextRuns(schedule: Planned, { count, fromMs, zone }: NextOptions): NextRuns {
  const { name, cron, everyMs, timezone } = schedule;
  const runs: NextRun[] = [];
  const unreadable = attempt(() => {
    for (const run of walk(schedule, fromMs)) {
      if (runs.length >= count) break;
      runs.push(toNext(run, timezone, zone ?? timezone));
    }
  });
  const reason = runs.length < count ? (unreadable ?? whyNoMore(schedule)) : null;
  return { name, cron: cron ?? null, everyMs: everyMs ?? null, timezone, runs, reason };
}

function* walk(schedule: Planned, fromMs: number): Generator<Run> {
  const { cron, everyMs, startMs, endMs = Number.POSITIVE_INFINITY, nextMs } = schedule;
  if (cron !== undefined) {
    for (let run = nextRun({ ...schedule, cron }, fromMs); run; run = nextRun({ ...schedule, cron }, run.runMs))
      yield run;
    return;
  }
  const first = nextMs ?? (startMs !== undefined && startMs > fromMs ? startMs : undefined);
  if (first === undefined || everyMs === undefined) return;
  const start = first + Math.max(0, Math.floor((fromMs - first) / everyMs) + 1) * everyMs;
  for (let atMs = fromMs < first ? first : start; atMs <= endMs; atMs += everyMs)
    yield { atMs, wallMs: Number.NaN, runMs: atMs };
}

function toNext(run: Run, timezone: string, zone: string): NextRun {
  const turn = Number.isNaN(run.wallMs) ? undefined : clockTurn(run, timezone);
  return {
    at: new Date(run.runMs).toISOString(),
    local: showMoment(run.runMs, zone),
    turn: turn ?? null,
    named: turn === "gap" ? new Date(run.wallMs).toISOString().slice(11, 19) : null,
  };
}

/** Another program's schedule may hold what is no cron and no zone. */
function attempt(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch {
    return "its cron or its zone cannot be read";
  }
}

function whyNoMore({ cron, endMs, everyMs }: Planned): string {
  if (endMs !== undefined) return `its end is ${new Date(endMs).toISOString()}`;
  return cron === undefined && everyMs !== undefined
    ? "it counts from when a worker first writes it: see `--stored`"
    : "it has no run any more";
}
