import type { QueueStats } from "../../inspect/queue-stats.ts";
import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";
import { renderNumber } from "../number.ts";

/** What would be lost, and how to say that it is meant. */
export function renderObliterateQuestion(queue: string, stats: QueueStats | undefined): string {
  const {
    waiting = 0,
    prioritized = 0,
    delayed = 0,
    active = 0,
    failed = 0,
    completed = 0,
    waitingChildren = 0,
  } = stats ?? {};
  const jobs = renderNumber(waiting + prioritized + delayed + active + failed + completed + waitingChildren);
  const name = escapeText(queue);
  return `${name} holds ${jobs} jobs; they, its schedules and its limits go for good\ntype ${name} to go on: `;
}

export const renderObliterated = (queue: string, { green }: Style): string =>
  `${green("obliterated")} ${escapeText(queue)}`;
