import type { JobDetail } from "../../broker/look/job-detail.ts";
import type { Style } from "../color.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderJson } from "../json.ts";
import { paintState } from "../state.ts";
import type { TimedOptions } from "../table.ts";

/** One job: its figures a line each, then what it was given, what came of it and what it logged. */
export function renderJob(job: JobDetail, { style, nowMs }: TimedOptions): string {
  const at = (iso: string | null) => iso && `${iso} (${renderDistance(Date.parse(iso) - nowMs)})`;
  const figures: readonly (readonly [string, string | null])[] = [
    ["id", job.id],
    ["queue", job.queue],
    ["attempts", job.attempts.max === null ? String(job.attempts.made) : `${job.attempts.made} of ${job.attempts.max}`],
    ["interruptions", job.interruptions > 0 ? String(job.interruptions) : null],
    ["schedule", job.schedule],
    ["parent", job.parent && `${job.parent.id} in ${job.parent.queue}`],
    ["worker", job.worker],
    ["enqueued", at(job.enqueuedAt)],
    ["runs", at(job.runAt)],
    ["started", at(job.startedAt)],
    ["finished", at(job.finishedAt)],
    ["cancelled", job.cancelled && `${at(job.cancelled.at) ?? ""} by ${job.cancelled.by}`.trim()],
    ["took", job.durationMs === null ? null : renderDuration(job.durationMs)],
  ];

  return [
    `${style.bold(escapeText(job.job))}  ${paintState(escapeText(job.state), job.state, style)}${job.cancelled ? " (cancelled)" : ""}`,
    ...figures.flatMap(([name, value]) => (value === null ? [] : `  ${name.padEnd(14)}${escapeText(value)}`)),
    ...block("args", renderJson(job.args), style),
    ...(job.meta === null ? [] : block("meta", renderJson(job.meta), style)),
    // BullMQ's progress is 0 until the handler says something.
    ...(isNothing(job.progress) || job.progress === 0 ? [] : block("progress", renderJson(job.progress), style)),
    ...(isNothing(job.result) ? [] : block("result", renderJson(job.result), style)),
    ...(job.error ? block("error", job.error.stack ?? job.error.message, style) : []),
    ...renderChildren(job.children, style),
    ...renderLogs(job, style),
  ].join("\n");
}

const mostChildren = 20;

function renderChildren(children: JobDetail["children"], style: Style): string[] {
  if (children.length === 0) return [];
  const rest = children.length - mostChildren;
  return [
    style.bold("children"),
    ...children
      .slice(0, mostChildren)
      .map(({ id, queue, state }) => `  ${state.padEnd(11)}${escapeText(id)} in ${escapeText(queue)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

function renderLogs({ id, logs, logCount }: JobDetail, style: Style): string[] {
  if (logs.length === 0) return [];
  const earlier = logCount - logs.length;
  return [
    style.bold("logs"),
    ...(earlier > 0 ? [`  (${earlier} earlier ones: taskq job logs ${escapeText(id)})`] : []),
    ...logs.map((line) => `  ${escapeText(line)}`),
  ];
}

function renderDistance(ms: number): string {
  return ms > 0 ? `in ${renderDuration(ms)}` : `${renderDuration(-ms)} ago`;
}

function block(title: string, text: string, style: Style): string[] {
  return [style.bold(title), ...text.split("\n").map((line) => `  ${escapeText(line)}`)];
}

const isNothing = (value: unknown) => value === null || value === undefined;
