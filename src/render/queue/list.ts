import type { LimitSource, QueueRow } from "../../inspect/queue-list.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderNumber } from "../number.ts";
import { renderRateLimit } from "../rate-limit.ts";
import { renderTable, type TimedOptions } from "../table.ts";
import { type AskedQueues, renderNoQueues } from "./none.ts";

/** What is set for each queue, one a line, and below who set what by hand. */
export function renderQueueList(
  rows: readonly QueueRow[],
  options: TimedOptions & { readonly asked?: AskedQueues },
): string {
  if (rows.length === 0) return renderNoQueues(options.asked);
  const { style } = options;
  const paintLimit = (text: string, from: LimitSource | undefined) =>
    from === "operator" ? style.yellow(text) : from === "other" ? style.cyan(text) : text;
  const table = renderTable(
    rows,
    [
      { title: "QUEUE", cell: ({ queue }) => queue },
      {
        title: "STATE",
        cell: ({ paused }) => (paused ? "paused" : "open"),
        paint: (text, { paused }) => (paused ? style.yellow(text) : style.green(text)),
      },
      { title: "WORKERS", align: "right", cell: ({ workers }) => String(workers) },
      { title: "WAITING", align: "right", cell: ({ unstarted }) => renderNumber(unstarted) },
      { title: "ACTIVE", align: "right", cell: ({ active }) => renderNumber(active) },
      {
        title: "AT ONCE",
        align: "right",
        cell: ({ concurrency }) => (concurrency ? `${renderNumber(concurrency.max)}${mark(concurrency.from)}` : "-"),
        paint: (text, { concurrency }) => paintLimit(text, concurrency?.from),
      },
      {
        title: "RATE",
        align: "right",
        cell: ({ rate }) => (rate ? `${renderRateLimit(rate)}${mark(rate.from)}` : "-"),
        paint: (text, { rate }) => paintLimit(text, rate?.from),
      },
    ],
    options,
  );
  return [table, ...rows.flatMap((row) => renderNotes(row, options))].join("\n");
}

const mark = (from: LimitSource) => (from === "operator" ? "*" : from === "other" ? "+" : "");

/** Who did by hand what is marked above. */
function renderNotes({ queue, paused, concurrency, rate }: QueueRow, { style, nowMs }: TimedOptions): string[] {
  const ago = (at: string | null) => {
    if (at === null) return "";
    const ms = nowMs - Date.parse(at);
    return ms < 1_000 ? " just now" : ` ${renderDuration(ms)} ago`;
  };
  const name = escapeText(queue);
  const limit = (
    what: string,
    set: { readonly from: LimitSource; readonly by: string | null; readonly at: string | null },
  ) =>
    set.from === "operator"
      ? [`* ${name}: ${what} set by ${escapeText(set.by ?? "nobody known")}${ago(set.at)}`]
      : set.from === "other"
        ? [`+ ${name}: ${what} set by another program`]
        : [];
  return [
    ...(paused
      ? [
          style.yellow(
            `${name}: paused by ${escapeText(paused.by ?? "another program")}${ago(paused.at)}${paused.reason ? `: ${escapeText(paused.reason)}` : ""}`,
          ),
        ]
      : []),
    ...(concurrency ? limit(`${renderNumber(concurrency.max)} at once`, concurrency) : []),
    ...(rate ? limit(renderRateLimit(rate), rate) : []),
  ];
}
