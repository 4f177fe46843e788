import { cronWords } from "./cron-words.ts";
import { renderDuration } from "./duration.ts";
import { shortWords } from "./short-words.ts";
import { cutText, textWidth } from "./text-width.ts";

interface When {
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
}

const leastWords = 6;

/** When a schedule runs, in words, with its zone unless that is UTC; in fewer words, or as cron, where the width is short. */
export function renderWhen({ cron, everyMs, timezone }: When, width = Number.POSITIVE_INFINITY): string {
  if (cron === null) return everyMs === null ? "-" : `Every ${renderDuration(everyMs)}`;
  const words = cronWords(cron);
  const short = shortWords(words);
  const [zone, city] = timezone === "UTC" ? ["", ""] : [`, ${timezone}`, `, ${cityOf(timezone)}`];

  const ways = [`${words}${zone}`, `${words}${city}`, `${short}${city}`, `${cron}${city}`];
  const fitting = ways.find((way) => textWidth(way) <= width);
  if (fitting !== undefined) return fitting;
  // The zone is what cannot be guessed.
  const left = width - textWidth(city);
  return left < leastWords
    ? cutText(`${short}${city}`, width)
    : `${cutText(short, left).replace(/[,;]…$/, "…")}${city}`;
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}
