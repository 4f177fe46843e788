import type { CheckReport } from "../inspect/check-report.ts";
import type { Style } from "./color.ts";
import { renderCount } from "./count.ts";
import { renderWhen } from "./cron.ts";
import { escapeText } from "./escape.ts";
import { renderTable, type TableOptions } from "./table.ts";

/** What the project declares, then its errors, its warnings and one line that sums up. */
export function renderCheck(report: CheckReport, options: TableOptions): string {
  const { style } = options;
  return [
    ...report.queues.map((queue) => renderQueue(queue, report, options)),
    renderSchedules(report, options),
    renderHooks(report, options),
    renderProblems("errors", report.errors, style.red, style),
    renderProblems("warnings", report.warnings, style.yellow, style),
    renderVerdict(report, style),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function renderQueue(queue: string, { jobs }: CheckReport, options: TableOptions): string {
  return section(
    `queue ${escapeText(queue)}`,
    jobs.filter((job) => job.queue === queue),
    options,
    [
      { title: "JOB", cell: ({ name }) => name },
      { title: "FILE", cell: ({ file }) => file },
    ],
  );
}

function renderSchedules({ schedules }: CheckReport, options: TableOptions): string | undefined {
  if (schedules.length === 0) return undefined;
  return section("schedules", schedules, options, [
    { title: "NAME", cell: ({ name }) => name },
    { title: "WHEN", cell: (row) => renderWhen(row), shorten: renderWhen },
    { title: "JOB", cell: ({ name, job }) => (job === name ? "" : job) },
  ]);
}

function renderHooks({ hooks }: CheckReport, options: TableOptions): string | undefined {
  if (hooks.length === 0) return undefined;
  return section("hooks", hooks, options, [
    { title: "NAME", cell: ({ name }) => name },
    { title: "RUNS AT", cell: ({ kind }) => kind },
    { title: "FILE", cell: ({ file }) => file },
  ]);
}

function section<Row>(
  title: string,
  rows: readonly Row[],
  options: TableOptions,
  columns: Parameters<typeof renderTable<Row>>[1],
): string {
  const table = renderTable(rows, columns, { ...options, width: (options.width ?? 80) - 2 });
  return [
    options.style.bold(title),
    ...table
      .split("\n")
      .slice(1)
      .map((line) => `  ${line}`),
  ].join("\n");
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  readonly hint?: string | null;
}

function renderProblems(
  title: string,
  problems: readonly Problem[],
  paint: (text: string) => string,
  style: Style,
): string | undefined {
  if (problems.length === 0) return undefined;
  const lines = problems.flatMap(({ code, message, file, hint }) => [
    `  ${paint(code)}${file === null ? "" : `  ${escapeText(file)}`}`,
    ...message.split("\n").map((line) => `    ${escapeText(line)}`),
    ...(hint ? [`    ${style.dim(`hint: ${escapeText(hint)}`)}`] : []),
  ]);
  return [style.bold(title), ...lines].join("\n");
}

function renderVerdict(report: CheckReport, { red, green }: Style): string {
  const { jobs, queues, schedules, errors, warnings, ignored } = report;
  const found = [
    renderCount(jobs.length, "job"),
    renderCount(queues.length, "queue"),
    renderCount(schedules.length, "schedule"),
    renderCount(errors.length, "error"),
    renderCount(warnings.length, "warning"),
    ...(ignored > 0 ? [`${renderCount(ignored, "other export")} ignored`] : []),
  ].join(", ");
  return errors.length === 0 ? `${green("ok")}: ${found}` : `${red("not ok")}: ${found}`;
}
