import type { Look } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** A text on a terminal that is drawn again and again in its place. */
export interface Live {
  readonly draw: (render: (look: Look) => string) => void;
  /** Leaves the terminal as it was. */
  readonly close: () => void;
}

// The alternate screen, without a cursor and without wrapped lines: one that wraps would move all below it.
const enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";
const leave = "\u001b[?7h\u001b[?25h\u001b[?1049l";
// What a terminal knows of these two it shows at once, as a whole.
const beginFrame = "\u001b[?2026h\u001b[H";
const endFrame = "\u001b[J\u001b[?2026l";
const endLine = "\u001b[K";

export function createLive(stdout: NodeJS.WriteStream, { look, narrowest }: Terminal): Live {
  let last: ((look: Look) => string) | undefined;
  let isOpen = false;

  function open(): void {
    isOpen = true;
    stdout.write(enter);
    stdout.on("resize", paint);
    process.on("SIGTSTP", suspend).on("SIGCONT", resume);
  }

  /** Every line replaces the one that was there: nothing is cleared first, so nothing flickers. */
  function paint(): void {
    if (!last) return;
    const lines = last({ ...look, width: Math.max(stdout.columns, narrowest) }).split("\n");
    const hidden = lines.length - stdout.rows;
    if (hidden > 0) lines.splice(stdout.rows - 1, hidden + 1, look.style.dim(`… ${hidden + 1} lines more`));
    stdout.write(`${beginFrame}${lines.map((line) => line + endLine).join("\r\n")}${endFrame}`);
  }

  /** Ctrl-Z: the shell gets its screen back. */
  function suspend(): void {
    stdout.write(leave);
    process.kill(process.pid, "SIGSTOP");
  }

  function resume(): void {
    stdout.write(enter);
    paint();
  }

  return {
    draw(render) {
      last = render;
      if (!isOpen) open();
      paint();
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      stdout.off("resize", paint);
      process.off("SIGTSTP", suspend).off("SIGCONT", resume);
      stdout.write(leave);
    },
  };
}
