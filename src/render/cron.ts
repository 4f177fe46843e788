import { toString as toWords } from "cronstrue";
import { renderDuration } from "./duration.ts";

interface When {
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
}

/** When a schedule runs, in words, with its zone unless that is UTC. */
export function renderWhen({ cron, everyMs, timezone }: When): string {
  if (cron === null) return everyMs === null ? "-" : `Every ${renderDuration(everyMs)}`;
  const words = renderCron(cron);
  return timezone === "UTC" ? words : `${words}, ${timezone}`;
}

function renderCron(cron: string): string {
  try {
    return toWords(cron, { use24HourTimeFormat: true });
  } catch {
    return cron; // another app's, in a dialect that has no words
  }
}
