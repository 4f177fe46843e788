import type { NewJob } from "../broker/enqueue/new-job.ts";
import { createJobId } from "../broker/job-id.ts";
import { checkArgs } from "../definition/check-args.ts";
import type { EnqueueOptions } from "../definition/enqueue.ts";
import { enqueueTerms } from "../definition/enqueue-terms.ts";
import { checkJsonArgs, checkMeta } from "../definition/json-args.ts";
import { layersOf } from "../definition/layers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { uniqueKeyOf } from "../definition/unique.ts";
import type { CatalogJob } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { beforeEnqueue } from "./enqueue-hooks.ts";
import { checkEnqueueOptions } from "./enqueue-options.ts";

/** What a call says, checked; the args of each of its jobs are checked when they come. Needs no broker. */
export interface Prepare {
  /** In bytes of JSON. */
  readonly maxArgsSize: number;
  /** What is enqueued as the hook `beforeEnqueue` wants it, checked. Throws what is wrong with it, or rejects with it. */
  readonly settle: (args: unknown, id?: string) => Checked | Promise<Checked>;
  /** What is stored is the input, not the schema's output. */
  readonly make: (checked: Checked) => NewJob;
}

/** What a job carries, once it was checked, and the id that the caller gave it. */
export interface Checked extends Pick<NewJob, "args" | "meta"> {
  readonly id: string | undefined;
}

export function createPrepare(
  config: ResolvedConfig,
  { name, queue: own, definition }: CatalogJob,
  options: Omit<EnqueueOptions, "id">,
): Prepare {
  const queue = options.queue ?? own;
  const terms = enqueueTerms(layersOf(config, { queue, definition }));
  const { delayMs, atMs, priority, attempts, timeoutMs, unique, replace } = checkEnqueueOptions(options, terms);
  if (options.meta !== undefined) checkMeta(options.meta);
  if (replace && unique === false) {
    throw new TaskqError("USAGE", `${name} cannot replace a job: nothing says which, for it has no unique key`, {
      hint: "Say `unique` too.",
    });
  }

  function check(args: unknown, id?: string): undefined | Promise<unknown> {
    if (id !== undefined) checkId(id);
    checkJsonArgs(args, terms.maxArgsSize);
    if (!definition.args) return void uniqueKeyOf(name, unique, args);
    return checkArgs(name, definition, args).then(() => uniqueKeyOf(name, unique, args));
  }

  async function ask(args: unknown, id?: string): Promise<Checked> {
    await check(args, id);
    const meta = { ...options.meta };
    const changed = await beforeEnqueue(config, { job: name, queue, args: args as object, meta, options });
    const wanted = changed ?? args;
    await check(wanted, id); // the hook may have changed what it was shown, and returned nothing
    checkMeta(meta);
    return { id, args: wanted as object, meta: Object.keys(meta).length > 0 ? meta : undefined };
  }

  return {
    maxArgsSize: terms.maxArgsSize,
    settle(args, id) {
      if (config.hooks.beforeEnqueue) return ask(args, id);
      const checking = check(args, id);
      const checked = { id, args: args as object, meta: options.meta };
      return checking ? checking.then(() => checked) : checked;
    },
    make: ({ id, args, meta }) => ({
      id: id ?? createJobId(),
      given: id !== undefined,
      job: name,
      queue,
      args,
      meta,
      delayMs,
      atMs,
      priority,
      attempts,
      timeoutMs,
      unique: uniqueKeyOf(name, unique, args),
      replace,
    }),
  };
}

function checkId(id: string): void {
  if (typeof id === "string" && /^[\w.-]{1,128}$/.test(id)) return;
  throw new TaskqError("USAGE", `the job id "${id}" is refused`, {
    hint: "Use letters, digits, `_`, `.` and `-`, at most 128.",
  });
}
