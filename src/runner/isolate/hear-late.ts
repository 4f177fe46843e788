import { TaskqError } from "../../errors.ts";
import type { OnEvent } from "../events.ts";
import type { CallReport, ToThread } from "./messages.ts";
import { packError } from "./packed-error.ts";

/** What comes from a job that has ended, and left something running: its lines are told, and nothing is done for it. */
export function hearLate(report: CallReport, post: (message: ToThread) => void, onEvent: OnEvent): void {
  if (report.type === "log") {
    const { job, id, level, fields, message } = report;
    onEvent({ type: "log", job, id, level, fields, message });
  }
  if (report.type !== "ask") return;
  const error = new TaskqError("JOB_INTERRUPTED", "the job has ended already");
  post({ type: "refusal", question: report.question, error: packError(error) });
}
