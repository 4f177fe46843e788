import type { NewJob } from "../broker/enqueue.ts";
import { createJobId } from "../broker/job-id.ts";
import { checkArgs } from "../definition/check-args.ts";
import { checkJsonArgs } from "../definition/json-args.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { uniqueKeyOf } from "../definition/unique.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { checkEnqueueOptions, type EnqueueOptions } from "./enqueue-options.ts";

/** Makes a job that can be written, or throws what is wrong with it. What is stored is the input, not the schema's output. */
export type Prepare = (args: unknown, id?: string) => Promise<NewJob>;

/** Checks what a call says at once, and the args of each of its jobs when they come. Needs no broker. */
export function createPrepare(
  config: ResolvedConfig,
  { name, queue: own, definition }: CatalogJob,
  options: Omit<EnqueueOptions, "id">,
): Prepare {
  const chosen = checkEnqueueOptions(options, definition);
  const queue = options.queue ?? own;
  const unique =
    options.unique ?? definition.unique ?? config.queue(queue).options.unique ?? config.defaults.unique ?? false;
  if (chosen.replace && unique === false) {
    throw new TaskqError("USAGE", `${name} cannot replace a job: nothing says which, for it has no unique key`, {
      hint: "Say `unique` too.",
    });
  }

  return async (args, id) => {
    if (id !== undefined) checkId(id);
    checkJsonArgs(args, config.maxArgsSize);
    if (definition.args) await checkArgs(name, definition, args);
    return {
      ...chosen,
      id: id ?? createJobId(),
      given: id !== undefined,
      job: name,
      queue,
      args,
      unique: uniqueKeyOf(name, unique, args),
    };
  };
}

function checkId(id: string): void {
  if (typeof id === "string" && /^[\w.-]{1,128}$/.test(id)) return;
  throw new TaskqError("USAGE", `the job id "${id}" is refused`, {
    hint: "Use letters, digits, `_`, `.` and `-`, at most 128.",
  });
}
