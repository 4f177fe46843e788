import type { JobLine } from "../../inspect/job-heads.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";
import { renderShort } from "../short-number.ts";
import { cutText } from "../text-width.ts";
import { renderTopFoot } from "./foot.ts";
import { renderTopHead } from "./head.ts";
import { topHelp } from "./help.ts";
import { topJobColumns } from "./jobs.ts";
import { renderTopList, type TopColumn } from "./list.ts";
import { renderTopOpened } from "./opened.ts";
import { topQueueColumns } from "./queues.ts";
import { topScheduleColumns } from "./schedules.ts";
import type { TopRow, TopView } from "./view.ts";
import { topWorkerColumns } from "./workers.ts";

export interface TopFrame {
  /** As many as the terminal has rows, each a column shorter than it. */
  readonly lines: readonly string[];
  /** The last line that what is opened may begin with. */
  readonly lastOffset: number;
}

const least = { columns: 40, rows: 10 };

/** The whole live screen. */
export function renderTop(view: TopView, style: Style): TopFrame {
  const { columns, rows } = view.size;
  const width = columns - 1;
  if (columns < least.columns || rows < least.rows) {
    const text = `taskq top needs ${least.columns} columns and ${least.rows} rows; here are ${columns} and ${rows}`;
    return { lines: [cutText(text, Math.max(2, width))], lastOffset: 0 };
  }
  const head = renderTopHead(view, width, style);
  const height = rows - head.length - 2;
  const { lines, lastOffset } = renderBody(view, width, height, style);
  const blank = Array.from({ length: Math.max(0, height - lines.length) }, () => "");
  return { lines: [...head, ...lines.slice(0, height), ...blank, ...renderTopFoot(view, width, style)], lastOffset };
}

function renderBody(view: TopView, width: number, height: number, style: Style): TopFrame {
  const { opened, nowMs, isHelping, inQueue, list, total, filter } = view;
  if (isHelping) return { lines: topHelp.map((line) => cutText(line, width)), lastOffset: 0 };
  if (opened) {
    const all = renderTopOpened(opened, nowMs, width, style);
    const lastOffset = Math.max(0, all.length - height);
    const offset = Math.min(opened.offset, lastOffset);
    return { lines: all.slice(offset, offset + height), lastOffset };
  }
  const above = list === "jobs" && inQueue ? [renderStates(view, inQueue, width, style)] : [];
  const lines = renderList(view, width, height - above.length, style);
  const isEmpty = view.rows.length === 0;
  const note = total === undefined ? "…" : filter !== "" && total > 0 ? "nothing fits the filter" : empty[list];
  return { lines: [...above, ...lines, ...(isEmpty ? [`  ${note}`] : [])], lastOffset: 0 };
}

const empty: Readonly<Record<TopView["list"], string>> = {
  queues: "no queues: no worker has run and nothing was enqueued yet",
  active: "no job runs",
  workers: "no workers: start one with `taskq run-worker`",
  schedules: "no schedules in the broker",
  failed: "no failed jobs",
  jobs: "no jobs",
};

function renderList(view: TopView, width: number, height: number, style: Style): string[] {
  const { list, rows, selected, queues, nowMs, inQueue } = view;
  const place = { selected, width, height, style };
  const of = <Row>(pick: (row: TopRow) => Row | undefined, columns: readonly TopColumn<Row>[]) =>
    renderTopList({ ...place, columns, rows: rows.flatMap((row) => pick(row) ?? []) });

  if (list === "queues") {
    return of((row) => (row.kind === "queue" ? row.queue : undefined), topQueueColumns(queues, style));
  }
  if (list === "workers") {
    return of((row) => (row.kind === "worker" ? row.worker : undefined), topWorkerColumns(nowMs, style));
  }
  if (list === "schedules") {
    return of((row) => (row.kind === "schedule" ? row.schedule : undefined), topScheduleColumns(nowMs, style));
  }
  const state = list === "jobs" ? inQueue!.state : list;
  return of((row) => (row.kind === "job" ? row.job : undefined), topJobColumns(state, nowMs, style));
}

const states = ["waiting", "prioritized", "delayed", "active", "failed", "completed"] as const;

/** The queue whose jobs are listed, and of which state. */
function renderStates(
  { queues }: TopView,
  { queue, state }: { readonly queue: string; readonly state: JobLine["state"] },
  width: number,
  style: Style,
): string {
  const counts = queues.find((each) => each.queue === queue);
  const short = width < 79;
  const parts = states.map((each) => {
    const text = `${short ? each.slice(0, 4) : each} ${renderShort(counts?.[each] ?? 0)}`;
    return each === state ? `[${text}]` : text;
  });
  const name = cutText(escapeText(queue), Math.max(6, width - parts.join(" ").length - 2));
  return style.bold(cutText(`${name}: ${parts.join(" ")}`, width));
}
