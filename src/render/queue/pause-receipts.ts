import type { PauseReceipt } from "../../inspect/pause-queues.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";

/** What became of each queue, a line each. */
export function renderPauseReceipts(receipts: readonly PauseReceipt[], { green, yellow, dim }: Style): string {
  const paints = { paused: yellow, resumed: green, unchanged: dim };
  return receipts.map(({ queue, outcome }) => `${paints[outcome](outcome)} ${escapeText(queue)}`).join("\n");
}
