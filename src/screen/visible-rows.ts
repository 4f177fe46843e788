import { type ListName, listOf, type Place, type Row, type ScreenState } from "./state.ts";

export interface Visible {
  readonly rows: readonly Row[];
  /** Where the cursor is; -1 where there is no row. */
  readonly selected: number;
}

/** The rows of the list that is looked at, as its filter leaves them. */
export function visibleRows(state: ScreenState, list: ListName = listOf(state)): Visible {
  const { filter, key, index } = state.places[list];
  const all = state.rows[list] ?? [];
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = words.length === 0 ? all : all.filter(({ text }) => words.every((word) => text.includes(word)));
  const found = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
  return { rows, selected: found >= 0 ? found : Math.min(index, rows.length - 1) };
}

/** The cursor of a list put on another of its rows; it goes with that row from now on. */
export function moveTo({ rows }: Visible, place: Place, index: number): Place {
  const bounded = Math.max(0, Math.min(index, rows.length - 1));
  return { ...place, index: bounded, key: rows[bounded]?.key };
}

/** What the cursor is on, or what is opened. */
export function subjectOf(state: ScreenState): Row | undefined {
  if (state.opened) return state.opened.row;
  const { rows, selected } = visibleRows(state);
  return rows[selected];
}
