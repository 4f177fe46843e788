import type { UnreadableJob } from "../../broker/look/job-rows.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";

const most = 20;

/** The jobs whose records cannot be read, a line each. */
export function renderUnreadable(jobs: readonly UnreadableJob[], { yellow }: Style): string[] {
  return [
    ...jobs
      .slice(0, most)
      .map(
        ({ id, queue, state, reason }) =>
          `${yellow("passed over")} id=${escapeText(id)} queue=${escapeText(queue)} state=${state}: ${escapeText(reason)}`,
      ),
    ...(jobs.length > most ? [`and ${jobs.length - most} more that cannot be read`] : []),
  ];
}
