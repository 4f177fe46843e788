import type { QueueStats } from "../../inspect/queue-stats.ts";
import type { Style } from "../color.ts";
import { renderDuration } from "../duration.ts";
import { renderShort } from "../short-number.ts";
import type { TopColumn } from "./list.ts";

const barWidth = 12;

/** The queues of the live screen: the bar is what has not ended, against the fullest queue. */
export function topQueueColumns(queues: readonly QueueStats[], style: Style): readonly TopColumn<QueueStats>[] {
  const fullest = Math.max(1, ...queues.map(unfinished));
  const number = (title: string, width: number, of: (row: QueueStats) => number, more = {}) => ({
    title,
    width,
    align: "right" as const,
    cell: (row: QueueStats) => renderShort(of(row)),
    ...more,
  });
  const inColor = (paint: (text: string) => string, of: (row: QueueStats) => number) => ({
    paint: (text: string, row: QueueStats) => (of(row) > 0 ? paint(text) : text),
  });

  return [
    {
      title: "QUEUE",
      width: 12,
      grows: true,
      cell: ({ queue, paused, override }) => `${paused ? "(paused) " : ""}${override ? "* " : ""}${queue}`,
      paint: (text, { paused }) => (paused ? style.yellow(text) : text),
    },
    {
      title: "UNFINISHED",
      width: barWidth,
      from: 78,
      cell: (row) => renderBar(row, fullest),
      paint: (text) => style.cyan(text),
    },
    number("WORKERS", 7, ({ workers }) => workers, { from: 110 }),
    number(
      "ACTIVE",
      6,
      ({ active }) => active,
      inColor(style.green, ({ active }) => active),
    ),
    number("WAITING", 7, ({ waiting }) => waiting),
    number("PRIO", 6, ({ prioritized }) => prioritized, { from: 110 }),
    number("DELAYED", 7, ({ delayed }) => delayed, { from: 60 }),
    number(
      "FAILED",
      6,
      ({ failed }) => failed,
      inColor(style.red, ({ failed }) => failed),
    ),
    number("DONE", 6, ({ completed }) => completed, { from: 110 }),
    {
      title: "OLDEST",
      width: 7,
      align: "right",
      from: 60,
      cell: ({ oldestWaitingMs }) => (oldestWaitingMs === null ? "-" : renderDuration(oldestWaitingMs, 1)),
    },
    number("/MIN", 5, (row) => row.completedPerMinute + row.failedPerMinute),
  ];
}

const unfinished = ({ active, waiting, prioritized, delayed }: QueueStats) => active + waiting + prioritized + delayed;

/** Each part of what is there has a cell at least. */
function renderBar({ active, waiting, prioritized, delayed }: QueueStats, fullest: number): string {
  const parts = [
    ["█", active],
    ["▒", waiting + prioritized],
    ["░", delayed],
  ] as const;
  return parts
    .map(([mark, count]) => mark.repeat(count === 0 ? 0 : Math.max(1, Math.round((count / fullest) * (barWidth - 2)))))
    .join("")
    .slice(0, barWidth);
}
