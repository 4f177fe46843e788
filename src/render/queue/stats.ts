import type { QueueStats } from "../../inspect/queue-stats.ts";
import type { Style } from "../color.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderRateLimit } from "../rate-limit.ts";
import { renderTable, type TableOptions } from "../table.ts";
import { type AskedQueues, renderNoQueues } from "./none.ts";

type Row = Omit<QueueStats, "waitingChildren" | "override">;

/** The queues, one a line, and their sums where there is more than one. */
export function renderQueueStats(
  stats: readonly QueueStats[],
  options: TableOptions & { readonly asked?: AskedQueues },
): string {
  if (stats.length === 0) return renderNoQueues(options.asked);

  const { style } = options;
  const total = sum(stats);
  const rows: readonly Row[] = stats.length > 1 ? [...stats, total] : stats;
  const number = (title: string, of: (row: Row) => number, paint?: (text: string) => string) => ({
    title,
    align: "right" as const,
    cell: (row: Row) => String(of(row)),
    ...(paint && { paint: (text: string, row: Row) => (of(row) > 0 ? paint(text) : text) }),
  });

  const table = renderTable(
    rows,
    [
      {
        title: "QUEUE",
        cell: ({ queue }) => queue,
        paint: (text, row) => (row === total ? style.bold(text) : row.paused ? style.yellow(text) : text),
      },
      // One process may work for several queues: their sum would count it as often.
      { title: "WORKERS", align: "right", cell: (row) => (row === total ? "" : String(row.workers)) },
      number("WAITING", ({ waiting }) => waiting),
      number("PRIO", ({ prioritized }) => prioritized),
      number("DELAYED", ({ delayed }) => delayed),
      number("ACTIVE", ({ active }) => active, style.green),
      number("FAILED", ({ failed }) => failed, style.red),
      number("DONE", ({ completed }) => completed),
      {
        title: "OLDEST",
        align: "right",
        cell: ({ oldestWaitingMs }) => (oldestWaitingMs === null ? "-" : renderDuration(oldestWaitingMs, 1)),
      },
      { title: "RATE/MIN", align: "right", cell: (row) => renderRate(row.completedPerMinute + row.failedPerMinute) },
    ],
    options,
  );
  return [table, ...renderNotes(stats, style)].join("\n");
}

function sum(stats: readonly QueueStats[]): Row {
  const of = (value: (row: Row) => number) => stats.reduce((total, row) => total + value(row), 0);
  const oldest = Math.max(...stats.map(({ oldestWaitingMs }) => oldestWaitingMs ?? -1));
  return {
    queue: "total",
    paused: false,
    workers: of(({ workers }) => workers),
    waiting: of(({ waiting }) => waiting),
    prioritized: of(({ prioritized }) => prioritized),
    delayed: of(({ delayed }) => delayed),
    active: of(({ active }) => active),
    failed: of(({ failed }) => failed),
    completed: of(({ completed }) => completed),
    oldestWaitingMs: oldest < 0 ? null : oldest,
    completedPerMinute: of(({ completedPerMinute }) => completedPerMinute),
    failedPerMinute: of(({ failedPerMinute }) => failedPerMinute),
  };
}

/** What has no column: a line each, and only where there is something to say. */
function renderNotes(stats: readonly QueueStats[], { yellow, red }: Style): string[] {
  const paused = stats.filter((row) => row.paused).map(({ queue }) => escapeText(queue));
  const parents = stats
    .filter(({ waitingChildren }) => waitingChildren > 0)
    .map(({ queue, waitingChildren }) => `${escapeText(queue)} ${waitingChildren}`);
  const failing = stats
    .filter(({ failedPerMinute }) => failedPerMinute > 0)
    .map(({ queue, failedPerMinute }) => `${escapeText(queue)} ${renderRate(failedPerMinute)}`);
  return [
    ...(failing.length > 0 ? [red(`failing, a minute: ${failing.join(", ")}`)] : []),
    ...(paused.length > 0 ? [yellow(`paused: ${paused.join(", ")}`)] : []),
    ...stats.flatMap(({ queue, override }) => (override ? [yellow(renderOverride(queue, override))] : [])),
    ...(parents.length > 0 ? [`waiting for children: ${parents.join(", ")}`] : []),
  ];
}

function renderOverride(queue: string, { concurrency, rate }: NonNullable<QueueStats["override"]>): string {
  const limits = [...(concurrency ? [`${concurrency} at once`] : []), ...(rate ? [renderRateLimit(rate)] : [])];
  return `set by an operator: ${escapeText(queue)} ${limits.join(", ")}`;
}

function renderRate(rate: number): string {
  return String(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate));
}
