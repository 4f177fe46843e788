import type { EnqueueOptions, Receipt } from "../../definition/enqueue.ts";
import { checkJsonArgs } from "../../definition/json-args.ts";
import { uniqueKeyOf } from "../../definition/unique.ts";
import type { Attempt } from "../../runner/attempt/attempt.ts";
import type { ContextPort } from "../../runner/attempt/context.ts";
import { toPlain } from "../../runner/attempt/to-plain.ts";
import type { FromThread } from "../../runner/isolate/messages.ts";
import type { Questions } from "./questions.ts";

export interface ThreadPortOptions {
  readonly call: number;
  readonly questions: Questions;
  readonly nameOf: (job: unknown) => string | Promise<string>;
  readonly post: (message: FromThread) => void;
}

/** A handler in a loop may beat a million times a second. */
const beatEveryMs = 20;

/** What a context in a thread does with the outside world goes by message to the process. */
export function createThreadPort({ call, questions, nameOf, post }: ThreadPortOptions): ContextPort {
  let beatAtMs = 0;

  async function enqueue(_attempt: Attempt, job: unknown, args: unknown, options?: EnqueueOptions): Promise<Receipt> {
    checkJsonArgs(args, Number.POSITIVE_INFINITY); // how large they may be, the process knows
    const name = await nameOf(job);
    const sendable = withKey(name, options, args);
    const about = { type: "enqueue", job: name, args: JSON.stringify(args), options: sendable } as const;
    return (await questions.ask(call, about)) as Receipt;
  }

  return {
    log: ({ delivery: { job, id } }, level, fields, message) =>
      post({ type: "log", call, job, id, level, fields: toPlain(fields), message: String(message) }),
    async progress(_attempt, value) {
      await questions.ask(call, { type: "progress", value: JSON.parse(JSON.stringify(value)) });
    },
    enqueue,
    beat() {
      const nowMs = Date.now();
      if (nowMs - beatAtMs < beatEveryMs) return;
      beatAtMs = nowMs;
      post({ type: "beat", call });
    },
  };
}

/** A function cannot be sent, the key that it gives can: the process puts the job's name before it, as it does here. */
function withKey(name: string, options: EnqueueOptions | undefined, args: object): EnqueueOptions | undefined {
  if (typeof options?.unique !== "function") return options;
  return { ...options, unique: uniqueKeyOf(name, options.unique, args)!.slice(name.length + 1) };
}
