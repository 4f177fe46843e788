import { checkCron } from "../cron/check-cron.ts";
import { checkZone } from "../cron/check-zone.ts";
import { expandHash } from "../cron/expand-hash.ts";
import { checkArgs } from "../definition/check-args.ts";
import { jobOptionChecks } from "../definition/check-job-options.ts";
import { checkShape } from "../definition/check-shape.ts";
import { checks } from "../definition/checks.ts";
import { parseDuration } from "../definition/duration.ts";
import { checkJsonArgs } from "../definition/json-args.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { ScheduleDefinition } from "../definition/schedule.ts";
import { showValue } from "../definition/show-value.ts";
import type { CatalogSchedule } from "./catalog.ts";
import { collectSchedules } from "./collect-schedules.ts";
import type { JobFile } from "./find-job-files.ts";
import { isSchema } from "./is-schema.ts";
import type { Problem } from "./problem.ts";
import type { FoundJob } from "./read-tasks.ts";

export interface SchedulesRead {
  readonly schedules: readonly CatalogSchedule[];
  readonly problems: readonly Problem[];
}

const scheduleChecks = {
  ...jobOptionChecks,
  job: () => [],
  cron: () => [],
  timezone: () => [],
  every: checks.must('a duration of at least "1s"', (value) => (parseDuration(value) ?? 0) >= 1_000),
  args: () => [],
  name: checks.text,
  unique: checks.flag,
  overlap: checks.must('"skip", "allow" or "queue"', (value) => ["skip", "allow", "queue"].includes(value as string)),
  catchUp: checks.must('"once", "skip" or "all"', (value) => ["once", "skip", "all"].includes(value as string)),
  catchUpWindow: checks.must('a duration of at least "1s"', (value) => (parseDuration(value) ?? 0) >= 1_000),
};

const dayMs = 86_400_000;

/** The schedules of a scheduled file: its `defineSchedule` values, alone or in arrays. */
export async function readSchedules(
  file: JobFile,
  exports: Readonly<Record<string, unknown>>,
  jobs: ReadonlyMap<unknown, FoundJob>,
  config: ResolvedConfig,
): Promise<SchedulesRead> {
  const { definitions, strays } = collectSchedules(exports);
  const read = await Promise.all(
    definitions.map((definition) => readSchedule(definition, file, jobs.get(definition.job), config)),
  );
  return {
    schedules: read.flatMap(({ schedule }) => schedule ?? []),
    problems: [
      ...(definitions.length + strays.length === 0 ? [nothingIn(file)] : []),
      ...strays.map(([place, value]) => toStray(file, place, value)),
      ...read.flatMap(({ problems }) => problems),
    ],
  };
}

function nothingIn({ path }: JobFile): Problem {
  const hint = "Export `defineSchedule` values, alone or in an array, or start the file's name with `_`.";
  return { code: "FILE_INVALID", message: "exports no schedule", file: path, hint };
}

function toStray({ path }: JobFile, place: string, value: unknown): Problem {
  const message = `${place} must be a schedule, not ${showValue(value)}`;
  return { code: "SCHEDULE_INVALID", message, file: path, hint: "Wrap it in `defineSchedule`." };
}

async function readSchedule(
  definition: ScheduleDefinition,
  file: JobFile,
  job: FoundJob | undefined,
  config: ResolvedConfig,
) {
  const name = definition.name ?? job?.name ?? nameOf(definition);
  const toProblem = (message: string): Problem => ({
    code: "SCHEDULE_INVALID",
    message: `the schedule ${name}: ${message}`,
    file: file.path,
  });
  if (!job) {
    const hint = "Export the job from a tasks file of this project, and import it here.";
    const what = definition.job === undefined ? "it has no job" : "its job is not among the discovered ones";
    return { problems: [{ ...toProblem(what), hint }] };
  }

  const { cron, every, timezone = config.timezone, args = {}, unique = true } = definition;
  const { overlap = unique ? "skip" : "allow", catchUp = "once" } = definition;
  const problems = [
    ...checkShape(definition, "", scheduleChecks),
    ...checkTimes(definition, timezone, name),
    ...(definition.overlap && definition.unique !== undefined ? ["it has both `overlap` and `unique`"] : []),
    ...(definition.catchUp === "skip" && definition.catchUpWindow !== undefined
      ? ['it has a `catchUpWindow`, and with `catchUp: "skip"` nothing is caught up']
      : []),
    ...(await checkGiven(job, args, config)),
  ];
  if (problems.length > 0) return { problems: problems.map(toProblem) };
  const schedule: CatalogSchedule = {
    name,
    job,
    file: file.path,
    cron: cron === undefined ? undefined : expandHash(cron, name),
    everyMs: parseDuration(every),
    timezone,
    args,
    overlap,
    catchUp,
    catchUpWindowMs: parseDuration(definition.catchUpWindow) ?? (catchUp === "all" ? dayMs : undefined),
    definition,
  };
  return { schedule, problems: [] };
}

function checkTimes({ cron, every }: ScheduleDefinition, timezone: string, name: string): string[] {
  const zone = checkZone(timezone);
  const time = cron === undefined ? undefined : checkCron(cron, name);
  if (cron === undefined && every === undefined) return ["it has neither `cron` nor `every`"];
  if (cron !== undefined && every !== undefined) return ["it has both `cron` and `every`"];
  return [time, zone].filter((problem) => problem !== undefined);
}

/** What is wrong with the args that each run would be given. */
async function checkGiven({ name, definition }: FoundJob, args: object, config: ResolvedConfig): Promise<string[]> {
  try {
    checkJsonArgs(args, config.maxArgsSize);
    // A job whose `args` are no schema is a problem of its own.
    if (isSchema(definition.args)) await checkArgs(name, definition, args);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function nameOf({ job }: ScheduleDefinition): string {
  return (typeof job === "function" ? job.name : job?.name) || "without a name";
}
