import { listOf, type ScreenState } from "./state.ts";
import { visibleRows } from "./visible-rows.ts";

/** What a picture of the screen needs to know. */
export function viewOf(state: ScreenState, address: string, nowMs: number) {
  const { rows: lists, places, ...rest } = state;
  const list = listOf(state);
  const { rows, selected } = visibleRows(state, list);
  return {
    ...rest,
    address,
    nowMs,
    list,
    filter: places[list].filter,
    rows,
    selected,
    /** Without the filter; undefined before the list was read. */
    total: lists[list]?.length,
    queues: (lists.queues ?? []).flatMap((row) => (row.kind === "queue" ? [row.queue] : [])),
    workers: lists.workers?.length ?? 0,
    schedules: lists.schedules?.length,
  };
}

export type ScreenView = ReturnType<typeof viewOf>;
