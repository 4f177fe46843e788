import { expect, test } from "vitest";
import { parseKeys } from "../../src/screen/keys.ts";
import { type Effect, press } from "../../src/screen/press.ts";
import { type Reading, receive } from "../../src/screen/receive.ts";
import { initialState, type ScreenState } from "../../src/screen/state.ts";
import { toRow } from "../../src/screen/to-row.ts";
import { viewOf } from "../../src/screen/view.ts";
import { job, queue, schedule, worker } from "./rows.ts";

const failed = ["a", "b", "c"].map((id) => toRow.job(job({ id, job: `mail.${id}`, error: `no ${id}` })));
const reading = (said: Partial<Reading> = {}): Reading => ({
  queues: [queue({ queue: "billing", paused: true }), queue({ active: 1 })].map(toRow.queue),
  workers: [toRow.worker(worker())],
  list: undefined,
  inQueue: undefined,
  opened: undefined,
  ...said,
});
const failures = (rows = failed) => reading({ list: { name: "failed", rows } });
const started = receive(initialState, reading());

/** Presses keys one after the other; what the last one asks for. */
function typed(state: ScreenState, keys: string): { state: ScreenState; effect: Effect | undefined } {
  let effect: Effect | undefined;
  for (const key of parseKeys(keys, true).keys) ({ state, effect } = { effect: undefined, ...press(state, key) });
  return { state, effect };
}
const onFailed = () => receive(typed(started, "5").state, failures());
const selected = (state: ScreenState) => {
  const { rows, selected } = viewOf(state, "", 0);
  return rows[selected]?.key;
};
const asked = (state: ScreenState, keys: string) => {
  const { effect } = typed(state, keys);
  return effect?.type === "act" ? `${effect.order.verb} ${effect.order.row.key}` : effect?.type;
};

test("numbers, tab and arrows choose what is looked at", () => {
  expect(typed(started, "3").state.tab).toBe("workers");
  expect(typed(started, "3\t").state.tab).toBe("schedules");
  expect(typed(started, "\u001b[Z").state.tab).toBe("failed");
  expect(typed(started, "l\u001b[D").state.tab).toBe("queues");
  expect(typed(started, "2").effect).toEqual({ type: "look" });
});

test("the cursor stays on its thing when the list moves, and what is done is done to that", () => {
  const state = typed(onFailed(), "j").state;
  const later = receive(state, failures([toRow.job(job({ id: "new" })), ...failed]));
  expect(selected(later)).toBe("mail b");
  expect(asked(later, "r")).toBe("retry mail b");
  const gone = receive(later, failures([failed[0]!, failed[2]!]));
  expect(selected(gone)).toBe("mail c");
});

test("also before it was moved: the first thing that was seen there", () => {
  const later = receive(onFailed(), failures([toRow.job(job({ id: "new" })), ...failed]));
  expect(asked(later, "r")).toBe("retry mail a");
});

test("it stays within the list", () => {
  expect(selected(typed(onFailed(), "kk").state)).toBe("mail a");
  expect(selected(typed(onFailed(), "\u001b[F").state)).toBe("mail c");
  expect(selected(typed(onFailed(), "\u001b[6~\u001b[H").state)).toBe("mail a");
  expect(selected(typed(receive(onFailed(), failures([])), "jjr").state)).toBeUndefined();
});

test("a filter looks at names, ids and errors; escape clears it", () => {
  const state = typed(onFailed(), "/no MAIL.B\r").state;
  expect(selected(state)).toBe("mail b");
  expect(asked(state, "r")).toBe("retry mail b");
  expect(viewOf(typed(state, "\u001b").state, "", 0).rows).toHaveLength(3);
  // While it is typed no letter is a key, and a pasted text is part of it.
  expect(typed(onFailed(), "/qX\u001b[200~y\u001b[201~\u007f").state.places.failed.filter).toBe("qX");
});

test("what destroys is upper case and asks: only yes does it", () => {
  expect(typed(onFailed(), "X").state.question).toMatchObject({ verb: "remove" });
  expect(asked(onFailed(), "Xy")).toBe("remove mail a");
  expect(asked(onFailed(), "Xn")).toBeUndefined();
  expect(asked(onFailed(), "X\r")).toBeUndefined();
  expect(typed(onFailed(), "Xny").effect).toBeUndefined();
  expect(typed(onFailed(), "x").state.status).toEqual({ kind: "hint", hint: "the key is X, upper case" });
  expect(asked(onFailed(), "X\u0003")).toBe("leave");
});

test("what is pasted presses no key", () => {
  expect(typed(onFailed(), "\u001b[200~Xyrq\u001b[201~")).toEqual({ state: onFailed(), effect: undefined });
});

test("a key that does not fit the thing says why", () => {
  expect(typed(onFailed(), "C").state.status).toEqual({ kind: "hint", hint: "the job has ended already" });
  const active = receive(typed(started, "2").state, {
    ...reading(),
    list: { name: "active", rows: [toRow.job(job({ state: "active" }))] },
  });
  expect(typed(active, "r").state.status).toMatchObject({ kind: "hint" });
  expect(typed(active, "X").state.status).toMatchObject({ kind: "hint" });
  expect(asked(active, "Cy")).toBe("cancel mail 4c7d1p0wq2x9k3aa");
});

test("queues, workers and schedules pause and resume; a schedule runs now", () => {
  expect(asked(started, "p")).toBe("resume billing");
  expect(asked(started, "jp")).toBe("pause mail");
  expect(asked(started, "3p")).toBe("quiet web-1 web 7");
  expect(asked(receive(started, reading({ workers: [toRow.worker(worker({ state: "quiet" }))] })), "3p")).toBe(
    "resume web-1 web 7",
  );
  expect(asked(started, "3Sy")).toBe("stop web-1 web 7");
  const schedules = receive(typed(started, "4").state, {
    ...reading(),
    list: { name: "schedules", rows: [toRow.schedule(schedule())] },
  });
  expect(asked(schedules, "p")).toBe("pause mail mail.digest");
  expect(asked(schedules, "ny")).toBe("run mail mail.digest");
  expect(asked(schedules, "Ry")).toBe("run mail mail.digest");
});

test("a queue opens as the list of its jobs, first of those that run", () => {
  const { state } = typed(started, "j\r");
  expect(state.inQueue).toEqual({ queue: "mail", state: "active" });
  expect(typed(state, "\u001b[C").state.inQueue).toEqual({ queue: "mail", state: "failed" });
  expect(typed(state, "\u001b").state.inQueue).toBeUndefined();
  // What comes late, of a state that is no longer looked at, is left out.
  const late = reading({ list: { name: "jobs", rows: failed }, inQueue: { queue: "mail", state: "waiting" } });
  expect(receive(state, late).rows.jobs).toBeUndefined();
});

test("a job opens, scrolls, is acted on as it is now, and closes", () => {
  const { state, effect } = typed(onFailed(), "j\r");
  expect(effect).toEqual({ type: "look" });
  expect(state.opened).toMatchObject({ row: { key: "mail b" }, offset: 0, job: undefined });
  expect(typed(state, "jj\u001b[6~k").state.opened?.offset).toBe(2 + 18 - 1);
  const gone = receive(state, { ...failures([failed[0]!]), opened: { key: "mail b", job: null, history: [] } });
  expect(gone.opened).toMatchObject({ row: { key: "mail b" }, job: null });
  expect(asked(state, "r")).toBe("retry mail b");
  expect(typed(state, "\u001b").state.opened).toBeUndefined();
});

test("help covers all until the next key; q and Ctrl-C leave", () => {
  expect(typed(started, "?").state.isHelping).toBe(true);
  expect(typed(started, "?j").state.isHelping).toBe(false);
  expect(asked(started, "q")).toBe("leave");
  expect(asked(started, "?q")).toBe("leave");
  expect(asked(started, "/\u0003")).toBe("leave");
  expect(asked(started, "\u001a")).toBe("suspend");
});
