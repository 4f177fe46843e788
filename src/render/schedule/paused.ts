import type { PausedSchedule } from "../../schedule/pause.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";

/** What became of each schedule that was to be paused, a line each. */
export function renderPausedSchedules(paused: readonly PausedSchedule[], { yellow, dim }: Style): string {
  return paused
    .map(({ name, queue, changed, paused: { at, by, reason } }) => {
      const where = `${escapeText(name)}  queue=${escapeText(queue)}`;
      if (changed) return `${yellow("paused")} ${where}`;
      return `${dim("unchanged")} ${where}: paused by ${escapeText(by)} at ${at}${reason ? `: ${escapeText(reason)}` : ""}`;
    })
    .join("\n");
}
