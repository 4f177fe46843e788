import { brokerError } from "../broker/broker-error.ts";
import { type ActTools, carryOut } from "./carry-out.ts";
import type { Key } from "./keys.ts";
import { type Effect, press } from "./press.ts";
import { type ReadTools, readScreen } from "./read.ts";
import { receive } from "./receive.ts";
import { initialState, type Order, type ScreenState } from "./state.ts";
import { openScreen, type Screen } from "./terminal.ts";
import { type ScreenView, viewOf } from "./view.ts";

/** A picture: its lines, and the last line that what is opened may begin with. */
export interface Frame {
  readonly lines: readonly string[];
  readonly lastOffset: number;
}

export interface TopOptions extends ReadTools, ActTools {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly render: (view: ScreenView) => Frame;
  readonly nowMs: () => number;
  /** Time between two readings; up to three times as long where a reading takes long to work out. */
  readonly everyMs: number;
  /** Ends it, as `q` does. */
  readonly signal: AbortSignal;
  /** Is given how to leave the terminal as it was, for whoever ends the process in another way. */
  readonly atEnd: (close: () => void) => void;
}

/** So many times as long as it worked it rests: a screen that nobody touches takes no more than a hundredth of a processor. */
const share = 100;

/** The live screen, until it is left. Fails where the first reading does; after that a broker that is gone is waited for. */
export async function runTop(options: TopOptions): Promise<void> {
  const { broker, render, nowMs, everyMs, signal, stdin, stdout } = options;
  let state = receive(initialState, await readScreen(options, initialState));
  const { ended, end, fail } = createEnd();
  let heardMs = nowMs();
  let isLeft = false;
  let isDue = false;
  let isAsked = false;
  let wake = () => {};
  const screen: Screen = openScreen({ stdin, stdout, onKey, onResize: show, onGone: end });
  options.atEnd(screen.close);
  signal.addEventListener("abort", end);
  process.on("SIGHUP", end);

  function change(next: ScreenState): void {
    state = next;
    if (isDue) return;
    isDue = true;
    setImmediate(show); // once for all keys that came together
  }

  function show(): void {
    isDue = false;
    if (isLeft) return;
    state = { ...state, size: screen.size() };
    const { lines, lastOffset } = render(viewOf(state, broker.address, nowMs()));
    const { opened } = state;
    if (opened) state = { ...state, opened: { ...opened, offset: Math.min(opened.offset, lastOffset) } };
    screen.draw(lines);
  }

  function onKey(key: Key): void {
    const { state: next, effect } = press(state, key);
    change(next);
    if (effect) follow(effect);
  }

  function follow(effect: Effect): void {
    if (effect.type === "leave") end();
    else if (effect.type === "suspend") screen.suspend();
    else if (effect.type === "redraw") screen.forget();
    else if (effect.type === "look") ask();
    else if (effect.type === "act") void act(effect.order).catch(fail);
  }

  async function act(order: Order): Promise<void> {
    change({ ...state, status: { kind: "doing", order } });
    const status = await carryOut(options, order); // meanwhile keys come: the state is that of afterwards
    change({ ...state, status });
    ask();
  }

  /** Reads at once: also where it reads already, for that may be of something else. */
  function ask(): void {
    isAsked = true;
    wake();
  }

  async function read(): Promise<void> {
    try {
      const reading = await readScreen(options, state);
      heardMs = nowMs();
      change(receive(state, reading));
    } catch (error) {
      const reason = brokerError(error, broker.address).message;
      change({ ...state, lost: { sinceMs: heardMs, reason } });
    }
  }

  function rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (isAsked) return resolve();
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function poll(): Promise<void> {
    for (let ms = everyMs; !isLeft; ) {
      await rest(ms);
      if (isLeft) return;
      isAsked = false;
      const before = process.cpuUsage();
      await read();
      show();
      const { user, system } = process.cpuUsage(before);
      ms = Math.min(Math.max(everyMs, ((user + system) / 1_000) * share), 3 * everyMs);
    }
  }

  try {
    show();
    poll().catch(fail);
    await ended;
  } finally {
    isLeft = true;
    wake();
    signal.removeEventListener("abort", end);
    process.off("SIGHUP", end);
    screen.close();
  }
}

function createEnd() {
  let end = () => {};
  let fail: (error: unknown) => void = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { ended, end: () => end(), fail: (error: unknown) => fail(error) };
}
