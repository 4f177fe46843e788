import Table from "cli-table3";
import type { Style } from "./color.ts";
import { escapeText } from "./escape.ts";
import { cutText, textWidth } from "./text-width.ts";

export interface Column<Row> {
  readonly title: string;
  /** Default: left. */
  readonly align?: "left" | "right";
  /** Never cut: what is to be copied. */
  readonly isWhole?: boolean;
  /** Plain text: the table escapes it. */
  readonly cell: (row: Row) => string;
  /** Colours what is left of the text after the cut. */
  readonly paint?: (text: string, row: Row) => string;
}

export interface TableOptions {
  readonly style: Style;
  /** Default 80. */
  readonly width?: number;
}

/** For what also says how long ago something was: the clock is the caller's. */
export interface TimedOptions extends TableOptions {
  readonly nowMs: number;
}

const noBorders = Object.fromEntries(
  ["top", "bottom", "left", "right"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat("mid", "mid-mid", "middle")
    .map((part) => [part, ""]),
);
const leastWidth = 6;

/** Columns without borders: a line of titles, then one line a row. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { style, width = 80 }: TableOptions,
): string {
  const texts = rows.map((row) => columns.map(({ cell }) => escapeText(cell(row))));
  const { widths, gap } = layOut(columns, texts, width);

  const table = new Table({
    chars: noBorders,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: columns.map(({ align }) => align ?? "left"),
  });
  const spaced = (cells: readonly string[]) =>
    cells.map((cell, index) => (index === 0 ? cell : " ".repeat(gap) + cell));
  table.push(spaced(columns.map(({ title }) => style.bold(title))));
  for (const [at, row] of rows.entries()) {
    table.push(
      spaced(
        columns.map(({ paint }, index) => {
          const text = cutText(texts[at]![index]!, widths[index]!);
          return paint ? paint(text, row) : text;
        }),
      ),
    );
  }
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** What gives way where the rows are too wide: the gaps first, then the widest left-aligned column, cell by cell. */
function layOut(columns: readonly Column<never>[], texts: readonly (readonly string[])[], width: number) {
  const least = columns.map(({ title }) => Math.max(textWidth(title), leastWidth));
  const widths = columns.map(({ title }, index) =>
    Math.max(textWidth(title), ...texts.map((cells) => textWidth(cells[index]!))),
  );
  const total = (gap: number) => widths.reduce((sum, each) => sum + each, gap * (columns.length - 1));
  if (total(2) <= width) return { widths, gap: 2 };

  const mayShrink = ({ align, isWhole }: Column<never>, index: number) =>
    align !== "right" && !isWhole && widths[index]! > least[index]!;
  while (total(1) > width) {
    const candidates = widths.filter((_each, index) => mayShrink(columns[index]!, index));
    const widest = Math.max(...candidates);
    if (candidates.length === 0) break;
    widths[widths.findIndex((each, index) => each === widest && mayShrink(columns[index]!, index))]!--;
  }
  return { widths, gap: 1 };
}
