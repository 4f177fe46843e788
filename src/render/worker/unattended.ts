import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";

/** The queues that have no worker, in one line, or none. */
export function renderUnattended(queues: readonly string[], { red }: Style): string[] {
  return queues.length === 0 ? [] : [red(`no live worker takes from ${queues.map(escapeText).join(", ")}`)];
}
