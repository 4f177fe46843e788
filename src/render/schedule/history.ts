import type { ScheduleHistoryEntry } from "../../schedule/history.ts";
import type { Style } from "../color.ts";
import { renderDuration } from "../duration.ts";
import { renderTable, type TableOptions } from "../table.ts";

/** What happened to a schedule, the newest first; times in UTC. */
export function renderScheduleHistory(
  history: readonly ScheduleHistoryEntry[],
  { style, width }: TableOptions,
): string {
  if (history.length === 0) return "nothing has happened yet";
  return renderTable(
    history,
    [
      { title: "UTC", isWhole: true, cell: ({ at }) => toTime(at) },
      {
        title: "WHAT",
        isWhole: true,
        cell: ({ kind, count }) => (count > 1 ? `${count} ${kind}` : kind),
        paint: (text, { kind }) => paintKind(text, kind, style),
      },
      { title: "TICK", isWhole: true, cell: renderTicks },
      {
        title: "TOOK",
        align: "right",
        cell: ({ durationMs }) => (durationMs === null ? "" : renderDuration(durationMs, 1)),
      },
      { title: "WHY", cell: renderWhy },
    ],
    { style, ...(width !== undefined && { width }) },
  );
}

/** The id of a tick's own job says nothing that its line does not. */
function renderWhy({ reason, id }: ScheduleHistoryEntry): string {
  const job = id === null || id.startsWith("repeat:") ? [] : [`id=${id}`];
  return [...(reason === null ? [] : [reason]), ...job].join(" ");
}

/** Of the day that `UTC` says the time alone. */
function renderTicks({ at, tick, lastTick }: ScheduleHistoryEntry): string {
  if (tick === null) return "";
  const short = (time: string, day: string) =>
    time.slice(0, 10) === day.slice(0, 10) ? time.slice(11, 19) : toTime(time);
  const first = short(tick, at);
  return lastTick === null || lastTick === tick ? first : `${first} to ${short(lastTick, tick)}`;
}

function paintKind(text: string, kind: ScheduleHistoryEntry["kind"], { green, red, yellow, cyan }: Style): string {
  if (kind === "completed") return green(text);
  if (kind === "failed") return red(text);
  return kind === "missed" || kind === "skipped" || kind === "paused" ? yellow(text) : cyan(text);
}

const toTime = (iso: string) => iso.slice(0, 19).replace("T", " ");
