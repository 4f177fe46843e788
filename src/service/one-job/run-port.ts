import type { EnqueueFunction } from "../../definition/enqueue.ts";
import type { ContextPort, LogLevel } from "../../runner/attempt/context.ts";
import { toPlain } from "../../runner/attempt/to-plain.ts";
import type { OnEvent } from "../../runner/events.ts";

/** What a context does under `taskq run`: all that it says is a line of the log. */
export function createRunPort(job: string, enqueue: EnqueueFunction, onEvent: OnEvent): ContextPort {
  const log = (id: string, level: LogLevel, fields: object, message: string) =>
    onEvent({ type: "log", job, id, level, fields: toPlain(fields), message });

  return {
    log: ({ delivery: { id } }, level, fields, message) => log(id, level, fields, message),
    progress: async ({ delivery: { id } }, value) => log(id, "info", { progress: value }, "progress"),
    async enqueue({ delivery: { id } }, ...call) {
      const receipt = await enqueue(...call);
      log(id, "info", {}, `enqueued ${receipt.job} id=${receipt.id}`);
      return receipt;
    },
  };
}
