import type { Receipt } from "../definition/enqueue.ts";
import type { Style } from "./color.ts";
import { escapeText } from "./escape.ts";

const reasons = { exists: "a job of this id is there already", finished: "a job of this id has finished already" };

/** What became of an enqueue, in one line. */
export function renderReceipt({ created, reason, id, job, queue, state, runAt }: Receipt, style: Style): string {
  const where = `${escapeText(job)}  id=${escapeText(id)} queue=${escapeText(queue)}`;
  if (!created) return `${style.yellow("not enqueued")} ${where}: ${reasons[reason ?? "exists"]}`;
  return `${style.green("enqueued")} ${where} state=${state}${state === "delayed" ? ` runAt=${runAt}` : ""}`;
}
