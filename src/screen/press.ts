import type { JobState } from "../broker/look/job-state.ts";
import type { Key } from "./keys.ts";
import { planOrder } from "./plan-order.ts";
import { listOf, type Order, type ScreenState, tabs } from "./state.ts";
import { moveTo, subjectOf, visibleRows } from "./visible-rows.ts";

/** What a key asks of the world outside the screen's own state. `look`: something else is looked at, to be read at once. */
export type Effect =
  | { readonly type: "leave" | "suspend" | "redraw" | "look" }
  | { readonly type: "act"; readonly order: Order };

export interface Pressed {
  readonly state: ScreenState;
  readonly effect?: Effect;
}

const jobStates: readonly JobState[] = ["waiting", "prioritized", "delayed", "active", "failed", "completed"];
/** The lines of a list's page and of an opened thing's: the screen less its head and foot. */
const pageOf = ({ size }: ScreenState) => Math.max(1, size.rows - 6);

/** What a key does. */
export function press(before: ScreenState, key: Key): Pressed {
  if (key.name === "interrupt") return { state: before, effect: { type: "leave" } };
  if (key.name === "suspend") return { state: before, effect: { type: "suspend" } };
  if (key.name === "redraw") return { state: before, effect: { type: "redraw" } };
  if (before.isTyping) return { state: type(before, key) };
  if (key.name === "paste") return { state: before }; // it was not meant as keys

  const state: ScreenState = { ...before, status: undefined, question: undefined };
  if (before.question) {
    const isMeant = key.text === "y" || key.text === "Y";
    if (!isMeant) return { state: { ...state, status: { kind: "hint", hint: "nothing was done" } } };
    return { state, effect: { type: "act", order: before.question } };
  }
  if (key.text === "q") return { state, effect: { type: "leave" } };
  if (state.isHelping) return { state: { ...state, isHelping: false } };
  if (key.text === "?") return { state: { ...state, isHelping: true } };
  return (state.opened ? inOpened(state, key) : inList(state, key)) ?? act(state, key);
}

function type(state: ScreenState, { name, text }: Key): ScreenState {
  const list = listOf(state);
  const { filter } = state.places[list];
  const withFilter = (filter: string): ScreenState => {
    const place = { filter, key: undefined, index: 0 };
    const next = { ...state, places: { ...state.places, [list]: place } };
    return { ...next, places: { ...next.places, [list]: moveTo(visibleRows(next, list), place, 0) } };
  };
  if (name === "enter") return { ...state, isTyping: false };
  if (name === "escape") return { ...withFilter(""), isTyping: false };
  if (name === "backspace") return withFilter([...filter].slice(0, -1).join(""));
  if (name !== "text" && name !== "paste") return state;
  return withFilter((filter + text.replace(/\p{Cc}+/gu, " ")).slice(0, 60));
}

function inOpened(state: ScreenState, { name, text }: Key): Pressed | undefined {
  const opened = state.opened!;
  const scroll = (by: number): Pressed => ({
    state: { ...state, opened: { ...opened, offset: Math.max(0, opened.offset + by) } },
  });
  const step = stepOf(name, text, pageOf(state));
  if (step !== undefined) return scroll(step);
  const isBack = name === "escape" || name === "backspace" || name === "left" || name === "enter" || text === "h";
  return isBack ? { state: { ...state, opened: undefined }, effect: { type: "look" } } : undefined;
}

function inList(state: ScreenState, { name, text }: Key): Pressed | undefined {
  const list = listOf(state);
  const place = state.places[list];
  const visible = visibleRows(state, list);
  const step = stepOf(name, text, pageOf(state));
  if (step !== undefined) {
    return {
      state: { ...state, places: { ...state.places, [list]: moveTo(visible, place, visible.selected + step) } },
    };
  }
  if (text === "/") return { state: { ...state, isTyping: true } };
  if (name === "enter") return open(state);
  if (name === "escape" || name === "backspace") return back(state);
  const number = Number(text);
  if (text !== "" && number >= 1 && number <= tabs.length)
    return look({ ...state, tab: tabs[number - 1]!, inQueue: undefined });
  if (name === "tab") return look({ ...state, tab: beside(tabs, state.tab, 1), inQueue: undefined });
  if (name === "backTab") return look({ ...state, tab: beside(tabs, state.tab, -1), inQueue: undefined });
  const side = name === "right" || text === "l" ? 1 : name === "left" || text === "h" ? -1 : 0;
  if (side === 0) return undefined;
  if (list !== "jobs") return look({ ...state, tab: beside(tabs, state.tab, side) });
  return showJobs(state, state.inQueue!.queue, beside(jobStates, state.inQueue!.state, side));
}

function stepOf(name: Key["name"], text: string, page: number): number | undefined {
  if (name === "up" || text === "k") return -1;
  if (name === "down" || text === "j") return 1;
  if (name === "pageUp") return -page;
  if (name === "pageDown" || text === " ") return page;
  if (name === "home" || text === "g") return -1_000_000;
  return name === "end" ? 1_000_000 : undefined;
}

/** A queue opens as a list of its jobs, everything else as a text. */
function open(state: ScreenState): Pressed {
  const row = subjectOf(state);
  if (!row) return { state };
  if (row.kind === "queue") return showJobs(state, row.queue.queue, firstState(row.queue));
  return look({ ...state, opened: { row, offset: 0, job: undefined, history: [] } });
}

function firstState(
  queue: Readonly<Record<"active" | "waiting" | "prioritized" | "delayed" | "failed", number>>,
): JobState {
  const order = ["active", "waiting", "prioritized", "delayed", "failed"] as const;
  return order.find((state) => queue[state] > 0) ?? "waiting";
}

function showJobs(state: ScreenState, queue: string, jobState: JobState): Pressed {
  const { filter } = state.places.jobs;
  const isSame = state.inQueue?.queue === queue;
  return look({
    ...state,
    inQueue: { queue, state: jobState },
    places: { ...state.places, jobs: { filter: isSame ? filter : "", key: undefined, index: 0 } },
    rows: { ...state.rows, jobs: undefined },
  });
}

/** First the filter goes, then the list. */
function back(state: ScreenState): Pressed {
  const list = listOf(state);
  const place = state.places[list];
  if (place.filter !== "")
    return { state: { ...state, places: { ...state.places, [list]: { ...place, filter: "" } } } };
  return list === "jobs" ? look({ ...state, inQueue: undefined }) : { state };
}

function act(state: ScreenState, { text }: Key): Pressed {
  const row = subjectOf(state);
  const plan = row && planOrder(text, row, state.opened?.job?.state);
  if (!plan) return { state };
  if ("hint" in plan) return { state: { ...state, status: { kind: "hint", hint: plan.hint } } };
  if (plan.isAsked) return { state: { ...state, question: plan.order } };
  return { state, effect: { type: "act", order: plan.order } };
}

const look = (state: ScreenState): Pressed => ({ state, effect: { type: "look" } });

const beside = <Value>(all: readonly Value[], one: Value, by: number): Value =>
  all[(all.indexOf(one) + by + all.length) % all.length]!;
