import type { ScheduleRow } from "../../schedule/row.ts";
import type { Style } from "../color.ts";
import { renderWhen } from "../cron.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { type Column, renderTable, type TimedOptions } from "../table.ts";
import { textWidth } from "../text-width.ts";
import { renderLocalTime } from "../time.ts";

export interface ScheduleTable {
  readonly titles: string;
  /** One a row. */
  readonly lines: readonly string[];
  /** Whether there was room for a column of states. */
  readonly saysState: boolean;
}

type Columns = readonly Column<ScheduleRow>[];

/** So wide the words of WHEN should at least be: shortened, they say most things in it. */
const goodWhen = 24;

/**
 * One schedule a line. Where the terminal is narrow, columns yield: first TOOK, then STATE, which goes below its row, then
 * RESULT moves in with LAST; what is left is made to fit by shorter words.
 */
export function renderScheduleTable(rows: readonly ScheduleRow[], options: TimedOptions): ScheduleTable {
  const { name, when, next, soon, last, result, took, state, lastResult } = columnsOf(rows, options);
  const first = [name, when, next, soon];
  const layouts: readonly [Columns, Columns, Columns, Columns] = [
    [...first, last, result, took, state],
    [...first, last, result, state],
    [...first, lastResult, state],
    [...first, lastResult],
  ];
  const { width = 80 } = options;
  // Where nothing has run yet there is nothing to say in more columns.
  const wide = rows.some(({ last }) => last !== null) ? layouts.slice(0, 3) : [layouts[2]];
  const fits = wide.find((columns) => leastWidth(columns, when, rows) <= width);
  const columns = fits ?? layouts[3];
  const [titles, ...lines] = renderTable(rows, columns, options).split("\n");
  return { titles: titles!, lines, saysState: columns.includes(state) };
}

/** How wide a table is whose gaps and whose WHEN are as narrow as is good. */
function leastWidth(columns: Columns, when: Column<ScheduleRow>, rows: readonly ScheduleRow[]): number {
  const widths = columns.map(({ title, cell }) =>
    Math.max(title.length, ...rows.map((row) => textWidth(escapeText(cell(row))))),
  );
  return widths.reduce(
    (sum, each, at) => sum + (columns[at] === when ? Math.min(each, goodWhen) : each),
    columns.length - 1,
  );
}

function columnsOf(rows: readonly ScheduleRow[], { style, nowMs, width = 80 }: TimedOptions) {
  const longest = Math.max(...rows.map(({ name }) => textWidth(escapeText(name))));
  const paintLast = (text: string, { last }: ScheduleRow) =>
    last ? (last.outcome === "failed" ? style.red(text) : style.green(text)) : text;
  return {
    name: { title: "NAME", isWhole: longest <= width / 3, cell: ({ name }) => name },
    when: { title: "WHEN", cell: (row) => renderWhen(row), shorten: renderWhen },
    next: {
      title: "NEXT",
      align: "right",
      cell: ({ next, timezone }) => (next ? renderLocalTime(next, timezone, nowMs) : "-"),
    },
    soon: {
      title: "IN",
      align: "right",
      cell: ({ next }) => (next ? renderIn(Date.parse(next) - nowMs) : "-"),
      paint: (text, { overdue }) => (overdue ? style.red(text) : text),
    },
    last: { title: "LAST", align: "right", cell: ({ last }) => (last ? `${renderAge(last.at, nowMs)} ago` : "-") },
    result: { title: "RESULT", isWhole: true, cell: ({ last }) => (last ? wordOf(last) : "-"), paint: paintLast },
    lastResult: {
      title: "LAST",
      isWhole: true,
      cell: ({ last }) => (last ? `${wordOf(last)} ${renderAge(last.at, nowMs)}` : "-"),
      paint: paintLast,
    },
    took: { title: "TOOK", align: "right", cell: ({ last }) => (last ? renderDuration(last.durationMs, 1) : "-") },
    state: { title: "STATE", isWhole: true, cell: stateOf, paint: (text, row) => paintState(text, row, style) },
  } satisfies Record<string, Column<ScheduleRow>>;
}

const wordOf = ({ outcome }: NonNullable<ScheduleRow["last"]>) => (outcome === "failed" ? "failed" : "ok");

const renderAge = (at: string, nowMs: number) =>
  renderDuration(Math.max(0, Math.round((nowMs - Date.parse(at)) / 1_000) * 1_000), 1).replace(/^0 ms$/, "0 s");

/** A run that is overdue says by how much. */
function renderIn(ms: number): string {
  if (ms > 0) return renderDuration(Math.max(1_000, ms), 1).replace(/^(\d+)\.\d+ s$/, "$1 s");
  return ms <= -60_000 ? `-${renderDuration(-ms, 1)}` : "now";
}

const stateOf = ({ paused, state }: ScheduleRow) => (paused ? (state === "ok" ? "paused" : `${state}, paused`) : state);

function paintState(text: string, { state, paused }: ScheduleRow, { green, yellow, dim }: Style): string {
  if (state === "ok" && !paused) return green(text);
  return state === "foreign" || state === "ended" ? dim(text) : yellow(text);
}
