import { checkArgs } from "../definition/check-args.ts";
import { checkShape } from "../definition/check-shape.ts";
import { parseDuration } from "../definition/duration.ts";
import { enqueueTerms } from "../definition/enqueue-terms.ts";
import { checkJsonArgs } from "../definition/json-args.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { ScheduleDefinition } from "../definition/schedule.ts";
import { showValue } from "../definition/show-value.ts";
import type { CatalogSchedule } from "./catalog.ts";
import { collectSchedules } from "./collect-schedules.ts";
import type { JobFile } from "./find-job-files.ts";
import { inlineJobs } from "./inline-jobs.ts";
import { isSchema } from "./is-schema.ts";
import type { Problem } from "./problem.ts";
import type { FoundJob } from "./read-tasks.ts";
import { readTimes } from "./read-times.ts";
import { scheduleChecks } from "./schedule-checks.ts";

export interface SchedulesRead {
  /** Those that are handlers of schedules. */
  readonly jobs: readonly FoundJob[];
  readonly schedules: readonly CatalogSchedule[];
  readonly problems: readonly Problem[];
}

const dayMs = 86_400_000;

/** The schedules of a scheduled file: its `defineSchedule` values, alone or in arrays. */
export async function readSchedules(
  file: JobFile,
  exports: Readonly<Record<string, unknown>>,
  jobs: ReadonlyMap<unknown, FoundJob>,
  config: ResolvedConfig,
): Promise<SchedulesRead> {
  const { definitions, strays } = collectSchedules(exports);
  const inline = inlineJobs(file, definitions).filter(({ value }) => !jobs.has(value));
  const byValue = new Map([...jobs, ...inline.map((job) => [job.value, job] as const)]);
  const read = await Promise.all(
    definitions.map((definition) =>
      readSchedule(definition, file, byValue.get(definition.job ?? definition.handler), exports, config),
    ),
  );
  return {
    jobs: inline,
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
  exports: Readonly<Record<string, unknown>>,
  config: ResolvedConfig,
) {
  const name = definition.name ?? job?.name ?? nameOf(definition);
  const toProblem = (message: string): Problem => ({
    code: "SCHEDULE_INVALID",
    message: `the schedule ${name}: ${message}`,
    file: file.path,
  });
  if (!job) return { problems: [{ ...toProblem(noJob(definition)), hint: jobHint(definition, file, exports) }] };

  const { args = {}, unique = true } = definition;
  const { overlap = unique ? "skip" : "allow", catchUp = "once" } = definition;
  const { times, problems: ofTimes } = readTimes(definition, name, config.timezone);
  const problems = [
    ...checkShape(definition, "", scheduleChecks),
    ...(definition.job && definition.handler ? ["it has both `job` and `handler`"] : []),
    ...ofTimes,
    ...(definition.overlap && definition.unique !== undefined ? ["it has both `overlap` and `unique`"] : []),
    ...(definition.catchUp === "skip" && definition.catchUpWindow !== undefined
      ? ['it has a `catchUpWindow`, and with `catchUp: "skip"` nothing is caught up']
      : []),
    ...(await checkGiven(job, args, config)),
  ];
  if (problems.length > 0 || !times) return { problems: problems.map(toProblem) };
  const schedule: CatalogSchedule = {
    name,
    job,
    file: file.path,
    ...times,
    args,
    overlap,
    catchUp,
    priority: enqueueTerms(layersOf(config, job, { name, definition })).priority,
    catchUpWindowMs: parseDuration(definition.catchUpWindow) ?? (catchUp === "all" ? dayMs : undefined),
    definition,
  };
  return { schedule, problems: [] };
}

function noJob({ job, handler }: ScheduleDefinition): string {
  if (job !== undefined) return "its job is not among the discovered ones";
  if (handler === undefined) return "it has neither `job` nor `handler`";
  return typeof handler === "function"
    ? "its handler has no name"
    : `its handler must be a function, not ${showValue(handler)}`;
}

function jobHint(
  { job, handler }: ScheduleDefinition,
  { path }: JobFile,
  exports: Readonly<Record<string, unknown>>,
): string {
  if (job === undefined && typeof handler === "function") {
    return "Name the function, as in `handler: async function rotateLogs() {}`, or give the schedule a `name`.";
  }
  const tasks = path.replace(/\/scheduled(?:\/[^/]+)?(\.\w+)$/, "/tasks$1");
  // Exported it may be, but from where only schedules are looked for.
  const [exported] = Object.entries(exports).find(([, value]) => job !== undefined && value === job) ?? [];
  return exported === undefined
    ? `Export the job from a tasks file of this project, such as ${tasks}, and import it here.`
    : `Move the export ${exported} to a tasks file of this project, such as ${tasks}, and import it here.`;
}

/** What is wrong with the args that each run would be given. */
async function checkGiven(job: FoundJob, args: object, config: ResolvedConfig): Promise<string[]> {
  const { name, definition } = job;
  try {
    checkJsonArgs(args, enqueueTerms(layersOf(config, job)).maxArgsSize);
    // A job whose `args` are no schema is a problem of its own.
    if (isSchema(definition.args)) await checkArgs(name, definition, args);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function nameOf({ job, handler }: ScheduleDefinition): string {
  return (job ?? handler)?.name || "without a name";
}
