import { join } from "node:path";
import { maskSecrets } from "../definition/mask-url.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Loader } from "../loader/loader.ts";
import type { Catalog } from "./catalog.ts";
import { checkIsolate } from "./check-isolate.ts";
import { createCatalog } from "./create-catalog.ts";
import { findJobFiles, type JobFile } from "./find-job-files.ts";
import { findTwins } from "./find-twins.ts";
import { placeOf } from "./place-of.ts";
import type { Problem } from "./problem.ts";
import { readHooks } from "./read-hooks.ts";
import { readSchedules } from "./read-schedules.ts";
import { readTasks } from "./read-tasks.ts";

/** What a project declares, and all that is wrong with it. */
export interface Discovery {
  readonly catalog: Catalog;
  readonly problems: readonly Problem[];
  /** How many exports of tasks files are no job, beside those that a warning names. */
  readonly ignored: number;
}

/**
 * Globs in, one catalog out. Never throws for what a user can mend. Of one domain, where that is said, the schedules are left
 * out: they name jobs of others.
 */
export async function discover(config: ResolvedConfig, loader: Loader, domain?: string): Promise<Discovery> {
  const { files: all, problems: misplaced, warnings } = await findJobFiles(config);
  const files = domain === undefined ? all : all.filter((file) => file.domain === domain && file.kind !== "scheduled");
  const loaded = await Promise.all(files.map((file) => loadFile(file, config, loader)));
  const of = (kind: JobFile["kind"]) =>
    loaded.flatMap(({ file, exports }) => (file.kind === kind && exports ? [{ file, exports }] : []));

  const tasks = of("tasks").map(({ file, exports }) => readTasks(file, exports));
  const exported = tasks.flatMap((read) => read.jobs);
  const byValue = new Map(exported.map((job) => [job.value, job]));
  const scheduled = await Promise.all(
    of("scheduled").map(({ file, exports }) => readSchedules(file, exports, byValue, config)),
  );
  const jobs = [...exported, ...scheduled.flatMap((read) => read.jobs)];
  const schedules = scheduled.flatMap((read) => read.schedules);
  const startup = of("startup").map(({ file, exports }) => readHooks(file, exports));
  const shutdown = of("shutdown").map(({ file, exports }) => readHooks(file, exports));

  return {
    catalog: createCatalog({
      jobs,
      schedules,
      startup: startup.flatMap(({ hooks }) => hooks),
      shutdown: shutdown.flatMap(({ hooks }) => hooks),
      warnings: [...warnings, ...tasks.flatMap(({ warnings }) => warnings)],
    }),
    problems: [
      ...(files.length + misplaced.length === 0 ? [noJobs(config)] : []),
      ...byFile([
        ...misplaced,
        ...jobs.flatMap((job) => checkIsolate(job, config)),
        ...loaded.flatMap(({ problem }) => problem ?? []),
        ...[...tasks, ...scheduled, ...startup, ...shutdown].flatMap(({ problems }) => problems),
      ]),
      ...findTwins(jobs, "job", "JOB_DUPLICATE"),
      ...findTwins(schedules, "schedule", "SCHEDULE_DUPLICATE"),
    ],
    ignored: tasks.reduce((sum, { ignored }) => sum + ignored, 0),
  };
}

interface Loaded {
  readonly file: JobFile;
  readonly exports?: Record<string, unknown>;
  readonly problem?: Problem;
}

async function loadFile(file: JobFile, { root }: ResolvedConfig, loader: Loader): Promise<Loaded> {
  try {
    return { file, exports: await loader.load(join(root, file.path)) };
  } catch (error) {
    const place = placeOf(error, root);
    const reason = `${maskSecrets(reasonOf(error))}${place === undefined ? "" : ` (at ${place})`}`;
    return { file, problem: { code: "FILE_INVALID", message: `threw when it was loaded: ${reason}`, file: file.path } };
  }
}

/** In one line, as every problem is one. */
function reasonOf(error: unknown): string {
  const text =
    error instanceof Error ? error.message : typeof error === "string" ? error : "something that is no error";
  return text
    .trim()
    .split(/\s*\n\s*/)
    .join(", ");
}

function byFile(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(({ file: a = "" }, { file: b = "" }) => (a < b ? -1 : a > b ? 1 : 0));
}

function noJobs({ root, jobs }: ResolvedConfig): Problem {
  return {
    code: "NO_JOBS",
    message: `no job file was found in ${jobs.join(", ")} under ${root}`,
    file: undefined,
    hint: "Put a tasks.ts into src/app/domain/<domain>/jobs/, or correct `jobs` in the config.",
  };
}
