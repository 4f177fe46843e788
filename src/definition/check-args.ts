import { TaskqError } from "../errors.ts";
import type { AnyJob } from "./job.ts";

/** What the handler gets: the schema's output. Throws ARGS_INVALID with every problem and its path. */
export async function checkArgs(name: string, job: AnyJob, args: unknown): Promise<unknown> {
  if (!job.args) return args;
  const result = await job.args["~standard"].validate(args);
  if (!result.issues) return result.value;

  const problems = result.issues.map(({ path, message }) => `${renderPath(path)}: ${message}`);
  throw new TaskqError(
    "ARGS_INVALID",
    problems.length === 1
      ? `the args of ${name} are invalid: ${problems[0]}`
      : `the args of ${name} have ${problems.length} problems:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
  );
}

function renderPath(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string {
  const keys = (path ?? []).map((part) => String(typeof part === "object" ? part.key : part));
  return keys.length === 0 ? "args" : keys.join(".");
}
