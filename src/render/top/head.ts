import type { QueueStats } from "../../inspect/queue-stats.ts";
import type { Style } from "../color.ts";
import { renderCount } from "../count.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderShort } from "../short-number.ts";
import { cutText } from "../text-width.ts";
import type { TopTab, TopView } from "./view.ts";

const tabs: readonly TopTab[] = ["queues", "active", "workers", "schedules", "failed"];

/** Where and how much; then the tabs. When the broker does not answer it says so here. */
export function renderTopHead(view: TopView, width: number, style: Style): string[] {
  const { queues, lost, nowMs, address, workers } = view;
  const sum = (of: (queue: QueueStats) => number) => queues.reduce((total, queue) => total + of(queue), 0);
  const failed = sum((queue) => queue.failed);
  const active = sum((queue) => queue.active);
  const waiting = sum((queue) => queue.waiting + queue.prioritized);
  if (lost) {
    const reason = lost.reason.replace(/^cannot reach Redis at \S+: /, "");
    const since = `no broker for ${renderDuration(nowMs - lost.sinceMs, 1)} (${escapeText(reason)})`;
    const text = `taskq top  ${since}, this is old: ${escapeText(address)}`;
    return [style.red(cutText(text, width)), renderTabs(view, { active, failed }, width, style)];
  }
  const figures = [
    renderCount(workers, "worker"),
    `${renderShort(active)} active`,
    `${renderShort(waiting)} waiting`,
    `${renderShort(failed)} failed`,
  ].join("  ");
  const where = cutText(escapeText(address), Math.max(10, width - figures.length - 13));
  return [
    cutText(`taskq top  ${where}  ${figures}`, width).replace(/^taskq top/, style.bold("taskq top")),
    renderTabs(view, { active, failed }, width, style),
  ];
}

function renderTabs(
  { tab, queues, workers, schedules }: TopView,
  { active, failed }: { readonly active: number; readonly failed: number },
  width: number,
  style: Style,
): string {
  const counts = { queues: queues.length, active, workers, schedules, failed };
  const names = tabs.map((name, index) => {
    const count = counts[name];
    const label = width < 70 ? name.slice(0, 5) : `${name}${count === undefined ? "" : ` ${renderShort(count)}`}`;
    return { name, text: `${index + 1} ${label}` };
  });
  return names
    .map(({ name, text }) => (name === tab ? style.bold(`[${text}]`) : ` ${text} `))
    .join(" ")
    .trimEnd();
}
