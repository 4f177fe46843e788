import type { JobCount } from "../../inspect/count-jobs.ts";
import { escapeText } from "../escape.ts";
import { renderNumber } from "../number.ts";
import { renderTable, type TableOptions } from "../table.ts";
import { cutText } from "../text-width.ts";

/** How many jobs of which name there are, one a line. */
export function renderJobCounts(counts: readonly JobCount[], options: TableOptions): string {
  if (counts.length === 0) return "no jobs";
  return renderTable(
    counts,
    [
      { title: "COUNT", align: "right", cell: ({ count }) => renderNumber(count) },
      { title: "STATE", cell: ({ state }) => state, isWhole: true },
      { title: "JOB", cell: ({ job }) => job },
      { title: "QUEUE", cell: ({ queue }) => queue },
    ],
    options,
  );
}

const mostLines = 8;

/** The same below something else: the most frequent, and how many more there are. */
export function renderCountLines(counts: readonly JobCount[], width = 80): string[] {
  const shown = counts.slice(0, mostLines);
  const numbers = shown.map(({ count }) => renderNumber(count));
  const widest = Math.max(...numbers.map(({ length }) => length));
  const widestState = Math.max(...shown.map(({ state }) => state.length));
  const rest = counts.slice(mostLines).reduce((sum, { count }) => sum + count, 0);
  const lines = shown.map(({ state, job, queue }, index) => {
    const where = job.startsWith(`${queue}.`) ? "" : `  in ${escapeText(queue)}`;
    return `  ${numbers[index]!.padStart(widest)}  ${state.padEnd(widestState)}  ${escapeText(job) || "(unreadable)"}${where}`;
  });
  return [
    ...lines.map((line) => cutText(line, width)),
    ...(rest > 0 ? [`  ${renderNumber(rest).padStart(widest)}  of ${counts.length - mostLines} other kinds`] : []),
  ];
}
