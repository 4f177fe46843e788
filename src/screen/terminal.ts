import { diffLines } from "./diff.ts";
import { type Key, parseKeys } from "./keys.ts";

export interface ScreenOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly onKey: (key: Key) => void;
  /** The terminal has another size, or has lost what was on it: draw again. */
  readonly onResize: () => void;
  /** The terminal is gone. */
  readonly onGone: () => void;
}

/** A whole terminal, for as long as it is open. */
export interface Screen {
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Writes what has changed since the last time, in one piece. */
  readonly draw: (lines: readonly string[]) => void;
  /** Draws all again, whatever is there. */
  readonly forget: () => void;
  /** Gives the terminal to the shell until the process goes on. */
  readonly suspend: () => void;
  /** Leaves the terminal as it was. */
  readonly close: () => void;
}

// The alternate screen, no cursor, no wrapped lines, and pasted text marked as such: it is not to be taken for keys.
const enter = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[2J";
const leave = "\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l";
/** How long the rest of a key's sequence may take: over a slow line it comes in pieces. */
const sequenceMs = 50;

/** Takes a terminal over: keys in, lines out. */
export function openScreen({ stdin, stdout, onKey, onResize, onGone }: ScreenOptions): Screen {
  let shown: readonly string[] = [];
  let isOpen = true;
  let unread = "";
  let pause: NodeJS.Timeout | undefined;

  function read(chunk: string): void {
    clearTimeout(pause);
    take(unread + chunk, false);
    if (unread !== "") pause = setTimeout(() => take(unread, true), sequenceMs);
  }

  function take(input: string, isAll: boolean): void {
    const { keys, rest } = parseKeys(input, isAll);
    unread = rest;
    for (const key of keys) if (isOpen) onKey(key);
  }

  function takeOver(): void {
    stdin.setRawMode(true);
    stdout.write(enter);
    shown = [];
  }

  function giveBack(): void {
    stdout.write(leave);
    stdin.setRawMode(false);
  }

  /** Whoever stops us finds the shell's own screen. */
  function stop(): void {
    giveBack();
    process.kill(process.pid, "SIGSTOP");
  }

  function goOn(): void {
    takeOver();
    onResize();
  }

  takeOver();
  stdin.setEncoding("utf8").on("data", read).on("end", onGone).on("error", onGone).resume();
  stdout.on("resize", forget).on("error", onGone);
  process.on("SIGTSTP", stop).on("SIGCONT", goOn).on("exit", close);

  function forget(): void {
    stdout.write("\u001b[2J");
    shown = [];
    onResize();
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(pause);
    stdin.off("data", read).off("end", onGone).pause();
    stdout.off("resize", forget);
    process.off("SIGTSTP", stop).off("SIGCONT", goOn).off("exit", close);
    giveBack();
  }

  return {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }), // 0: a terminal that does not know
    draw(lines) {
      const changes = diffLines(shown, lines);
      shown = lines;
      if (isOpen && changes !== "") stdout.write(changes);
    },
    forget,
    // The whole group: what started us, such as npx, stops with us, so that the shell sees it.
    suspend: () => void process.kill(0, "SIGTSTP"),
    close,
  };
}
