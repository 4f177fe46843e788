import { escapeHtml } from "./escape-html.ts";

/** What the page shows of a schedule. */
export interface PageSchedule {
  readonly name: string;
  readonly job: string;
  readonly queue: string;
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timezone: string;
  /** ISO 8601 in UTC; null where there is none, and then `reason` says why. */
  readonly next: string | null;
  readonly reason: string | null;
  /** Why the next run may not come; null where nothing speaks against it. */
  readonly warning: string | null;
  /** The latest run that has ended; null where none has. */
  readonly last: PageRun | null;
}

interface PageRun {
  /** When it started: ISO 8601 in UTC. */
  readonly at: string;
  readonly outcome: "completed" | "failed";
  readonly error: string | null;
}

export interface PageOptions {
  /** Without a slash at its end. */
  readonly basePath: string;
  readonly isWritable: boolean;
  /** The job that was just put on its queue, and the address of its page. */
  readonly ran: { readonly id: string; readonly href: string } | undefined;
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.4rem 1rem 0.4rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
td { overflow-wrap: anywhere; }
code { font-family: ui-monospace, monospace; }
small, .none { opacity: 0.7; }
button { font: inherit; }
`;

/** The schedules as a page of HTML, with a button for each where it may be run. */
export function renderSchedulesPage(schedules: readonly PageSchedule[], options: PageOptions): string {
  const { basePath, isWritable, ran } = options;
  const note = ran
    ? `<p role="status">Enqueued: <a href="${escapeHtml(ran.href)}">${escapeHtml(ran.id)}</a></p>`
    : isWritable
      ? ""
      : "<p>This dashboard is read-only: nothing can be run from here.</p>";
  const rows = schedules.map((schedule) => renderRow(schedule, options)).join("\n");
  const table =
    schedules.length === 0
      ? "<p>No schedules in the broker. <code>taskq run-worker</code> puts there what the project declares.</p>"
      : `<table>
<thead><tr><th>Name</th><th>Job</th><th>Queue</th><th>When</th><th>Next</th><th>Last run</th>${isWritable ? "<th></th>" : ""}</tr></thead>
<tbody>
${rows}
</tbody></table>`;

  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>Schedules · taskq</title>
<link rel="icon" href="${escapeHtml(basePath)}/static/favicon-32x32.png"><style>${style}</style></head>
<body>
<p><a href="${escapeHtml(basePath)}/">Queues</a></p>
<h1>Schedules</h1>
${note}
${table}
</body>
</html>
`;
}

function renderRow(schedule: PageSchedule, { basePath, isWritable }: PageOptions): string {
  const { name, job, queue } = schedule;
  const cells = [escapeHtml(name), escapeHtml(job), escapeHtml(queue)];
  cells.push(renderWhen(schedule), renderNext(schedule), renderLast(schedule));
  if (isWritable) {
    cells.push(`<form method="post" action="${escapeHtml(basePath)}/schedules/run">
<input type="hidden" name="queue" value="${escapeHtml(queue)}"><input type="hidden" name="name" value="${escapeHtml(name)}">
<button aria-label="Run ${escapeHtml(name)} now">Run now</button></form>`);
  }
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function renderWhen({ cron, everyMs, timezone }: PageSchedule): string {
  if (cron === null) return `every ${(everyMs ?? 0) / 1_000} s`;
  return `<code>${escapeHtml(cron)}</code> <small>${escapeHtml(timezone)}</small>`;
}

function renderNext({ next, reason, warning, timezone }: PageSchedule): string {
  if (next === null) return `<span class="none">${escapeHtml(reason ?? "none")}</span>`;
  const doubt = warning === null ? "" : ` <small>${escapeHtml(warning)}</small>`;
  return renderTime(next, timezone) + doubt;
}

function renderLast({ last, timezone }: PageSchedule): string {
  if (last === null) return '<span class="none">none</span>';
  const { at, outcome, error } = last;
  const why = error === null ? "" : ` <small>${escapeHtml(error)}</small>`;
  return `${escapeHtml(outcome)}, ${renderTime(at, timezone)}${why}`;
}

function renderTime(iso: string, timezone: string): string {
  const text = inZone(new Date(iso), timezone) ?? `${iso} UTC`;
  return `<time datetime="${escapeHtml(iso)}">${escapeHtml(text)}</time>`;
}

/** A program of another language may have written a zone that is not known here. */
function inZone(at: Date, timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(at);
  } catch {
    return undefined;
  }
}
