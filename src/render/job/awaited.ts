import type { AwaitedJob } from "../../client/await-job.ts";
import type { Settled } from "../../client/settle.ts";
import type { Style } from "../color.ts";
import { renderError } from "../error.ts";
import { escapeText } from "../escape.ts";
import { renderJson } from "../json.ts";

/** How a job has ended that was waited for: its result, or its error. */
export function renderAwaited({ receipt, result, error }: Settled<AwaitedJob>, style: Style): string {
  if (error) return renderError(error, style);
  const { id, job, queue } = receipt;
  return `${style.green("completed")} ${escapeText(job)}  id=${escapeText(id)} queue=${escapeText(queue)}\n${renderJson(result)}`;
}
