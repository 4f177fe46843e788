import type { CancelReceipt } from "../../client/cancel.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";

const meanings = {
  cancelled: "",
  aborting: ": its handler was told to stop",
  requested: ": no worker has answered yet",
  finished: ": it had ended before",
};

/** What became of each job that was to be cancelled, a line each. */
export function renderCancelReceipts(receipts: readonly CancelReceipt[], style: Style): string {
  return receipts
    .map(({ id, queue, outcome }) => {
      const paint = outcome === "cancelled" ? style.green : style.yellow;
      return `${paint(outcome)} id=${escapeText(id)} queue=${escapeText(queue)}${meanings[outcome]}`;
    })
    .join("\n");
}
