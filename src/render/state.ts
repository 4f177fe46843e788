import type { Style } from "./color.ts";

/** The text in the colour of a job's state. */
export function paintState(text: string, state: string, { red, green, yellow, cyan }: Style): string {
  if (state === "failed") return red(text);
  if (state === "completed") return green(text);
  return state === "cancelled" ? yellow(text) : cyan(text);
}
