import type { OrderReceipt } from "../../client/order-workers.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";

/** What became of an order, one worker process a line; then what to know of it. */
export function renderOrderReceipts(receipts: readonly OrderReceipt[], style: Style): string {
  if (receipts.length === 0) return "no worker was asked";
  const width = Math.max(...receipts.map(({ outcome }) => outcome.length));
  const lines = receipts.map(({ outcome, name, host, pid }) => {
    const paint = outcome === "requested" ? style.yellow : style.green;
    const where = style.dim(`(pid ${escapeText(String(pid))} on ${escapeText(host)})`);
    return `${paint(outcome.padEnd(width))}  ${escapeText(name)} ${where}`;
  });
  return [...lines, ...renderNotes(receipts)].join("\n");
}

function renderNotes(receipts: readonly OrderReceipt[]): string[] {
  const stopped = receipts.filter(({ order }) => order === "stop");
  const pools = stopped
    .filter(({ poolPid }) => poolPid !== null)
    .map(({ poolPid, host }) => `pid ${escapeText(String(poolPid))} on ${escapeText(host)}`);
  const notes = {
    "requested: it has not answered yet, and does so as soon as it can": receipts.some(
      ({ outcome }) => outcome === "requested",
    ),
    "what supervises a worker, such as systemd, may start it again": stopped.length > pools.length,
    [`a pool starts another in its place: to end it, send SIGTERM to ${[...new Set(pools)].join(", ")}`]:
      pools.length > 0,
  };
  return Object.entries(notes).flatMap(([note, holds]) => (holds ? [note] : []));
}
