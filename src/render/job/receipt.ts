import type { Receipt } from "../../definition/enqueue.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";

const reasons = {
  exists: "a job of this id is there already",
  finished: "a job of this id has finished already",
  duplicate: "this job has the same unique key and has not finished",
  active: "this job has the same unique key and has begun, so it was not replaced",
};

/** What became of an enqueue, in one line. */
export function renderReceipt(receipt: Receipt, style: Style): string {
  const { created, reason, id, job, queue, state, runAt, replaced } = receipt;
  const where = `${escapeText(job)}  id=${escapeText(id)} queue=${escapeText(queue)}`;
  if (!created) return `${style.yellow("not enqueued")} ${where}: ${reasons[reason ?? "exists"]}`;
  return `${style.green("enqueued")} ${where} state=${state}${state === "delayed" ? ` runAt=${runAt}` : ""}${replaced ? ` replaced=${escapeText(replaced)}` : ""}`;
}
