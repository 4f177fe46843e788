import type { JobDetail } from "../broker/look/job-detail.ts";
import type { JobState } from "../broker/look/job-state.ts";
import type { ScheduleHistoryEntry } from "../schedule/history.ts";
import { type ListName, listOf, type Row, type ScreenState } from "./state.ts";
import { moveTo, visibleRows } from "./visible-rows.ts";

/** What was read of the broker: the queues and the workers always, else what is looked at. */
export interface Reading {
  readonly queues: readonly Row[];
  readonly workers: readonly Row[];
  readonly list: { readonly name: ListName; readonly rows: readonly Row[] } | undefined;
  /** Of which queue and state the list of jobs is. */
  readonly inQueue: { readonly queue: string; readonly state: JobState } | undefined;
  readonly opened:
    | {
        readonly key: string;
        readonly job: JobDetail | null | undefined;
        readonly history: readonly ScheduleHistoryEntry[];
      }
    | undefined;
}

/** The state with what was read. What was looked at when it was asked for, and is no longer, is left out. */
export function receive(state: ScreenState, { queues, workers, list, inQueue, opened }: Reading): ScreenState {
  const isOther = list?.name === "jobs" && !isSame(inQueue, state.inQueue);
  const rows = { ...state.rows, queues, workers, ...(list && !isOther && { [list.name]: list.rows }) };
  const next: ScreenState = { ...state, rows, lost: undefined };
  const held = listOf(next);
  const visible = visibleRows(next, held);
  return {
    ...next,
    // From now on the cursor goes with its row: what is done to a thing is done to the one that was seen there.
    places: { ...next.places, [held]: moveTo(visible, next.places[held], visible.selected) },
    opened: next.opened && reopen(next, next.opened, opened),
  };
}

function reopen(
  { rows, tab, inQueue }: ScreenState,
  opened: NonNullable<ScreenState["opened"]>,
  read: Reading["opened"],
): ScreenState["opened"] {
  const list = tab === "queues" && inQueue ? "jobs" : tab;
  const row = rows[list]?.find(({ key }) => key === opened.row.key) ?? opened.row;
  if (read?.key !== opened.row.key) return { ...opened, row };
  return { ...opened, row, job: read.job === undefined ? opened.job : read.job, history: read.history };
}

const isSame = (a: Reading["inQueue"], b: Reading["inQueue"]) => a?.queue === b?.queue && a?.state === b?.state;
