import { basename } from "node:path";
import { enqueueDefaultChecks, jobOptionChecks } from "../definition/check-job-options.ts";
import { checkQueueName } from "../definition/check-queue-name.ts";
import { checkShape } from "../definition/check-shape.ts";
import { checks } from "../definition/checks.ts";
import { type AnyJob, isJob, type JobFunction, toJob as toDefinition } from "../definition/job.ts";
import type { CatalogJob, CatalogWarning } from "./catalog.ts";
import type { JobFile } from "./find-job-files.ts";
import { isSchema } from "./is-schema.ts";
import type { Problem } from "./problem.ts";

/** A job with the very value its file exported, by which schedules and calls name it. */
export interface FoundJob extends CatalogJob {
  readonly value: unknown;
}

export interface TasksRead {
  readonly jobs: readonly FoundJob[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly CatalogWarning[];
  /** Exports that are no job and that no warning names: schemas, constants. */
  readonly ignored: number;
}

const jobChecks = {
  ...jobOptionChecks,
  ...enqueueDefaultChecks,
  name: checks.text,
  queue: checkQueueName,
  args: checks.must("a Standard Schema (zod, valibot, arktype …)", isSchema),
  handler: checks.must("a function", (value) => typeof value === "function"),
  keepCompleted: checks.must("0: how many are kept is a queue's to say", (value) => value === 0),
};

/** The jobs of a tasks file: its `defineJob` values and its async functions. */
export function readTasks(file: JobFile, exports: Readonly<Record<string, unknown>>): TasksRead {
  const entries = Object.entries(exports);
  const jobs = entries
    .filter(([, value]) => isJob(value) || isAsyncFunction(value))
    .map(([key, value]) => toJob(file, key, value));
  const plain = entries.filter(([, value]) => isPlainFunction(value)).map(([key]) => key);
  const unmarked = entries.filter(([, value]) => !isJob(value) && hasHandler(value)).map(([key]) => key);
  const toWarning = (code: string, message: string) => ({ code, message, file: file.path });

  return {
    jobs,
    problems: [
      ...jobs.flatMap(checkJob),
      ...(jobs.length === 0 ? [nothingIn(file, plain.length, entries.length)] : []),
    ],
    warnings: [
      ...plain.map((key) =>
        toWarning("FUNCTION_IGNORED", `the function "${key}" is not async, so it is not taken for a job`),
      ),
      ...unmarked.map((key) =>
        toWarning("OBJECT_IGNORED", `"${key}" has a handler, but it is not taken for a job without \`defineJob\``),
      ),
    ],
    ignored: entries.length - jobs.length - plain.length - unmarked.length,
  };
}

function toJob({ path, domain }: JobFile, key: string, value: unknown): FoundJob {
  const definition = toDefinition(value as AnyJob | JobFunction);
  const exported = key === "default" ? basename(path).replace(/\.[^.]+$/, "") : key;
  const { name = `${domain}.${exported}`, queue = domain } = definition;
  return { name, queue, domain, file: path, exported: key, definition, value };
}

function checkJob({ name, queue, file, definition }: FoundJob): Problem[] {
  const problems = checkShape({ ...definition, queue }, "", jobChecks);
  const missing = definition.handler === undefined ? ["handler is missing"] : [];
  return [...problems, ...missing].map((problem) => ({
    code: "JOB_INVALID",
    message: `the job ${name}: ${problem}`,
    file,
  }));
}

function nothingIn({ path }: JobFile, plain: number, all: number): Problem {
  const ignored = [
    ...(plain > 0 ? [plain === 1 ? "1 function that is not async" : `${plain} functions that are not async`] : []),
    ...(all > plain ? [all - plain === 1 ? "1 other value" : `${all - plain} other values`] : []),
  ];
  return {
    code: "FILE_INVALID",
    message: all === 0 ? "exports nothing" : `exports no job, only ${ignored.join(" and ")}`,
    file: path,
    hint: "Export a `defineJob` value or an async function, or start the file's name with `_`.",
  };
}

function isAsyncFunction(value: unknown): boolean {
  return typeof value === "function" && Object.prototype.toString.call(value) === "[object AsyncFunction]";
}

/** An object that someone forgot to hand to `defineJob`. */
const hasHandler = (value: unknown) =>
  typeof value === "object" && value !== null && "handler" in value && typeof value.handler === "function";

/** One that may have been meant as a job: no class, and no schema that can be called. */
function isPlainFunction(value: unknown): boolean {
  if (typeof value !== "function" || isAsyncFunction(value) || isSchema(value)) return false;
  return !/^class\b/.test(Function.prototype.toString.call(value));
}
