import { messageOf } from "../../definition/message-of.ts";
import { TaskqError } from "../../errors.ts";

export interface ThreadEnd {
  readonly code: number;
  /** What nobody caught in it, if that ended it. */
  readonly thrown: unknown;
  readonly maxMemoryBytes: number | undefined;
}

/** Why a thread ended that was not asked to. */
export function threadEnded({ code, thrown, maxMemoryBytes }: ThreadEnd): TaskqError {
  if (thrown === undefined) {
    return new TaskqError("THREAD_ENDED", `the thread of the job ended with the exit code ${code}`, {
      hint: "Find what calls `process.exit`.",
    });
  }
  if ((thrown as { code?: unknown })?.code !== "ERR_WORKER_OUT_OF_MEMORY") {
    return new TaskqError("THREAD_ENDED", `the thread of the job ended: ${messageOf(thrown)}`, { cause: thrown });
  }
  const limit = maxMemoryBytes === undefined ? "" : `, which is ${Math.floor(maxMemoryBytes / 1_024 ** 2)} MiB`;
  return new TaskqError("THREAD_ENDED", `the thread of the job used up its memory${limit}`, {
    hint: "Make the job smaller, or raise `maxMemory`.",
  });
}
