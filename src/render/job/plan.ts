import type { EnqueuePlan } from "../../client/enqueue-plan.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";
import { renderJsonLine } from "../json.ts";

/** What an enqueue would write, in one line. */
export function renderPlan(plan: EnqueuePlan, style: Style): string {
  const { id, job, queue, args, state, runAt, priority, attempts, timeoutMs, unique } = plan;
  const figures = {
    id,
    queue,
    state,
    runAt: state === "delayed" ? runAt : null,
    priority: priority > 0 ? priority : null,
    attempts,
    timeoutMs,
    unique,
  };
  const said = Object.entries(figures).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escapeText(String(value))}`],
  );
  return `${style.yellow("would enqueue")} ${escapeText(job)}  ${said.join(" ")} args=${escapeText(renderJsonLine(args))}`;
}
