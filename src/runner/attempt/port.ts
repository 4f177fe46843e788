import type { RunnerOptions } from "../runner.ts";
import type { ContextPort } from "./context.ts";
import { toPlain } from "./to-plain.ts";

/** Log lines go to the process's log and, with the job, to the broker. */
export function createPort({ onEvent, enqueue }: Pick<RunnerOptions, "onEvent" | "enqueue">): ContextPort {
  return {
    log({ delivery }, level, said, message) {
      const { job, id } = delivery;
      const fields = toPlain(said);
      onEvent({ type: "log", job, id, level, fields, message });
      const extra = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : "";
      delivery.log(`${new Date().toISOString()} ${level} ${message}${extra}`).catch(() => {}); // the line is in the log
    },
    progress: ({ delivery }, value) => delivery.progress(value),
    enqueue: (_attempt, ...call) => enqueue(...call),
  };
}
