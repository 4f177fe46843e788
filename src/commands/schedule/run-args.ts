import { checkArgs } from "../../definition/check-args.ts";
import { TaskqError } from "../../errors.ts";
import { readArgs } from "../args/args.ts";
import type { CommandContext } from "../program/command.ts";
import { optionalProject } from "../program/optional-project.ts";

/**
 * The args that a run is given instead of its schedule's, or undefined. Where the project is at hand, its job's schema has
 * passed them; elsewhere the worker checks them.
 */
export async function readRunArgs(
  context: CommandContext,
  job: string,
  json: string | undefined,
  words: readonly string[],
): Promise<object | undefined> {
  if (json === undefined && words.length === 0) return undefined;
  const args = await readArgs(json, words, context.readStdin);
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new TaskqError("ARGS_INVALID", `the args of ${job} must be an object, not ${JSON.stringify(args)}`);
  }
  const project = await optionalProject(context, false);
  const known = project?.catalog.findJob(job);
  if (known) await checkArgs(job, known.definition, args);
  return args;
}
