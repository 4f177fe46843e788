import type { Tally } from "../../client/enqueue-rows.ts";
import type { Style } from "../color.ts";
import { renderCount } from "../count.ts";
import { escapeText } from "../escape.ts";

/** What became of many jobs, in one line. */
export function renderTally({ enqueued, duplicates, rejected }: Tally, style: Style, isDryRun: boolean): string {
  const written = isDryRun ? "would be enqueued; nothing was written" : "enqueued";
  return [
    style.green(`${count(enqueued, "job")} ${written}`),
    ...(duplicates > 0 ? [style.yellow(`${count(duplicates, "duplicate")} left alone`)] : []),
    ...(rejected > 0 ? [style.red(`${count(rejected, "line")} rejected and not written`)] : []),
  ].join(", ");
}

/** How far it is, and how fast. */
export function renderProgress({ enqueued, duplicates, rejected }: Tally, elapsedMs: number): string {
  const rate = Math.round(((enqueued + duplicates) / Math.max(elapsedMs, 1)) * 1_000);
  const bad = rejected > 0 ? `, ${rejected.toLocaleString("en")} rejected` : "";
  return `${enqueued.toLocaleString("en")} enqueued${bad}, ${rate.toLocaleString("en")} a second`;
}

/** Why a line was not enqueued. */
export function renderReject(line: number, message: string): string {
  return message
    .split("\n")
    .map((text, index) => (index === 0 ? `line ${line}: ${escapeText(text)}` : escapeText(text)))
    .join("\n");
}

const count = (value: number, one: string) => renderCount(value, one).replace(/^\d+/, value.toLocaleString("en"));
