import type { ResumedSchedule } from "../../schedule/resume.ts";
import type { Style } from "../color.ts";
import { renderCount } from "../count.ts";
import { escapeText } from "../escape.ts";

/** What became of each schedule that was to be resumed, and of the ticks of its pause, a line each. */
export function renderResumedSchedules(resumed: readonly ResumedSchedule[], { green, dim }: Style): string {
  return resumed
    .map(({ name, queue, changed, caughtUp, missed }) => {
      const where = `${escapeText(name)}  queue=${escapeText(queue)}`;
      if (!changed) return `${dim("unchanged")} ${where}: it was not paused`;
      const ids = caughtUp.length === 1 ? ` id=${escapeText(caughtUp[0]!.id)}` : "";
      return `${green("resumed")} ${where}: ${renderCount(caughtUp.length, "tick")} caught up${ids}, ${missed} missed`;
    })
    .join("\n");
}
