import { enqueueDefaultChecks, jobOptionChecks } from "../definition/check-job-options.ts";
import { checks } from "../definition/checks.ts";
import { parseDuration } from "../definition/duration.ts";
import { jsonSchemaOf } from "../definition/json-schema.ts";
import { layOptions } from "../definition/lay-options.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig, ResolvedRetention } from "../definition/resolved-config.ts";
import type { Catalog, CatalogJob, CatalogSchedule } from "../discovery/catalog.ts";

/** What holds for one option of a job, and which layer said so. */
export interface OptionDetail {
  readonly option: string;
  /** As it was written; null where there is none. */
  readonly value: unknown;
  /** Of a length of time, else null. */
  readonly valueMs: number | null;
  readonly from: string;
}

export interface DefinitionSchedule {
  readonly name: string;
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
  readonly file: string;
  /** What it says over the job. */
  readonly options: readonly OptionDetail[];
}

interface Kept {
  readonly count: number;
  readonly ageMs: number;
}

/** A job as the project declares it, as `taskq job show --definition` prints it. */
export interface JobDefinitionDetail {
  readonly job: string;
  readonly file: string;
  readonly exported: string;
  readonly domain: string;
  readonly queue: string;
  readonly concurrency: number;
  readonly schema: { readonly vendor: string; readonly json: unknown } | null;
  readonly schedules: readonly DefinitionSchedule[];
  readonly options: readonly OptionDetail[];
  /** Of its queue, but for a job that says it is not kept. */
  readonly keepCompleted: Kept;
  readonly keepFailed: Kept;
}

const optionChecks = { ...jobOptionChecks, ...enqueueDefaultChecks };
const durations = new Set(
  Object.entries(optionChecks).flatMap(([option, check]) => (check === checks.duration ? [option] : [])),
);

/** Looks at the sources alone: no broker is asked. */
export function describeJob(config: ResolvedConfig, { schedules }: Catalog, job: CatalogJob): JobDefinitionDetail {
  const { name, file, exported, domain, queue, definition } = job;
  const { concurrency, keepCompleted, keepFailed } = config.queue(queue);
  return {
    job: name,
    file,
    exported,
    domain,
    queue,
    concurrency,
    schema: definition.args ? { vendor: definition.args["~standard"].vendor, json: jsonSchemaOf(definition) } : null,
    schedules: schedules.filter((schedule) => schedule.job.name === name).map((each) => toSchedule(config, job, each)),
    options: toOptions(config, job),
    keepCompleted: toKept({ ...keepCompleted, ...(definition.keepCompleted === 0 && { count: 0 }) }),
    keepFailed: toKept(keepFailed),
  };
}

function toOptions(config: ResolvedConfig, job: CatalogJob, schedule?: CatalogSchedule): OptionDetail[] {
  const laid = layOptions(layersOf(config, job, schedule));
  return Object.keys(optionChecks).map((option) => {
    const { value = null, from = "built in" } = laid.get(option) ?? {};
    return {
      option,
      value: typeof value === "function" ? "a function" : value,
      valueMs: durations.has(option) ? (parseDuration(value) ?? null) : null,
      from,
    };
  });
}

function toSchedule(config: ResolvedConfig, job: CatalogJob, schedule: CatalogSchedule): DefinitionSchedule {
  const { name, cron, everyMs, timezone, file } = schedule;
  const options = toOptions(config, job, schedule).filter(({ from }) => from === `the schedule ${name}`);
  return { name, cron: cron ?? null, everyMs: everyMs ?? null, timezone, file, options };
}

const toKept = ({ count, age }: ResolvedRetention): Kept => ({ count, ageMs: age * 1_000 });
