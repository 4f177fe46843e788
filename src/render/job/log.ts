import type { JobEnd } from "../../broker/listen/read-end.ts";
import { escapeText } from "../escape.ts";

/** A line that a job has logged. */
export const renderLogLine = (line: string): string => escapeText(line);

/** All of them. */
export const renderLogLines = (lines: readonly string[]): string =>
  lines.length === 0 ? "it has logged nothing" : lines.map(renderLogLine).join("\n");

/** How the job ended that was followed. */
export function renderEnd(end: JobEnd): string {
  if (end.state === "failed") return `failed: ${escapeText(end.reason)}`;
  return end.state === "gone" ? "its record was removed" : "completed";
}
