import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";
import { cutText, textWidth } from "../text-width.ts";

/** A column whose width does not depend on what is in it: a list that moves stays in its lines. */
export interface TopColumn<Row> {
  readonly title: string;
  /** Cells; what the others leave is shared by those that grow. */
  readonly width: number;
  readonly grows?: boolean;
  readonly align?: "right";
  /** Shown from so many columns of the screen on. */
  readonly from?: number;
  /** Plain text of any origin, for so many cells. */
  readonly cell: (row: Row, width: number) => string;
  readonly paint?: (text: string, row: Row) => string;
}

export interface TopListOptions<Row> {
  readonly rows: readonly Row[];
  readonly selected: number;
  readonly width: number;
  /** The line of titles included. */
  readonly height: number;
  readonly style: Style;
  readonly columns: readonly TopColumn<Row>[];
}

const marker = 2;

/** A line of titles, and the rows around the one that is selected: it has a mark, for where colour is off. */
export function renderTopList<Row>({ rows, selected, width, height, style, columns }: TopListOptions<Row>): string[] {
  const shown = layOut(columns, width);
  const most = Math.max(1, height - 1);
  const first = Math.max(0, Math.min(selected - Math.floor(most / 2), rows.length - most));
  const titles = shown.map(({ column, width }) => inCells(column.title, width, column.align)).join(" ");
  return [
    style.bold(`${" ".repeat(marker)}${titles}`.trimEnd()),
    ...rows.slice(first, first + most).map((row, index) => {
      const isSelected = first + index === selected;
      const cells = shown.map(({ column, width }) => {
        const text = inCells(escapeText(column.cell(row, width)), width, column.align);
        return column.paint && !isSelected ? column.paint(text, row) : text;
      });
      const line = cells.join(" ");
      return isSelected ? style.inverse(inCells(`> ${line}`, width)) : `  ${line}`.trimEnd();
    }),
  ];
}

function layOut<Row>(columns: readonly TopColumn<Row>[], width: number) {
  const shown = columns.filter(({ from = 0 }) => width >= from - 1);
  const taken = shown.reduce((sum, { width }) => sum + width + 1, marker - 1);
  const growing = shown.filter(({ grows }) => grows);
  const rest = Math.max(0, width - taken);
  return shown.map((column) => {
    const place = growing.indexOf(column);
    const share = place < 0 ? 0 : Math.floor(rest / growing.length) + (place < rest % growing.length ? 1 : 0);
    return { column, width: column.width + share };
  });
}

/** The text in exactly so many cells. */
function inCells(text: string, width: number, align?: "right"): string {
  const cut = cutText(text, width);
  const blank = " ".repeat(Math.max(0, width - textWidth(cut)));
  return align === "right" ? blank + cut : cut + blank;
}
