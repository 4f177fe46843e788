import type { ChildEnd } from "./child.ts";

/** What follows a child's end. */
export type Next =
  | { readonly type: "start"; readonly inMs: number; readonly deaths: number }
  /** Its work is done, with this exit code. */
  | { readonly type: "done"; readonly code: number }
  /** No other child could do better until somebody mends the config, the files or the command line. */
  | { readonly type: "mistake"; readonly code: number };

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** Who lived so long has not died of its start. */
const settledMs = 60_000;
const mistakes = [2, 4];

/** Whether and when a seat gets another process. `deaths`: how many in a row have died in it before. */
export function planNext(end: ChildEnd, deaths: number, isBurst: boolean): Next {
  const { code, ranMs, hasStarted, isRecycled } = end;
  if (!hasStarted && code !== null && mistakes.includes(code)) return { type: "mistake", code };
  if (code === 0 && isRecycled) return { type: "start", inMs: 0, deaths: 0 };
  if (isBurst && code !== null) return { type: "done", code };
  if (code === 0 && hasStarted) return { type: "start", inMs: 0, deaths: 0 };

  const inARow = ranMs >= settledMs ? 1 : deaths + 1;
  return { type: "start", inMs: Math.min(firstDelayMs * 2 ** (inARow - 1), longestDelayMs), deaths: inARow };
}
