import { escapeText } from "../escape.ts";

/** Which queues somebody wanted to see, and which there are. */
export interface AskedQueues {
  readonly patterns: readonly string[];
  readonly known: readonly string[];
}

/** Why there is no queue to show. */
export function renderNoQueues({ patterns, known }: AskedQueues = { patterns: [], known: [] }): string {
  if (known.length === 0) return "no queues: no worker has run and nothing was enqueued yet";
  const said = patterns.map((pattern) => `"${escapeText(pattern)}"`).join(" or ");
  return `no queue fits ${said}: the queues in the broker are ${known.map(escapeText).join(", ")}`;
}
