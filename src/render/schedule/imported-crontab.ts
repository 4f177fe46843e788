import type { ImportedCrontab } from "../../scaffold/crontab/import-crontab.ts";
import { renderCount } from "../count.ts";
import { escapeText } from "../escape.ts";

/** What became of a crontab that was written to a file. */
export function renderImported({ schedules }: ImportedCrontab, shown: string): string {
  return `${escapeText(shown)} is written: ${renderCount(schedules.length, "schedule")}`;
}
