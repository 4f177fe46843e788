import type { Style } from "../color.ts";
import { escapeText } from "../escape.ts";
import { cutText } from "../text-width.ts";
import type { TopView } from "./view.ts";
import { renderTopAbout, renderTopQuestion, renderTopStatus } from "./words.ts";

/** What was done, is asked, is typed or is to be known; then the keys that do something here. */
export function renderTopFoot(view: TopView, width: number, style: Style): string[] {
  return [renderSaid(view, width, style), style.dim(cutText(renderKeys(view), width))];
}

const answers = "  y: yes, any other key: no";

function renderSaid({ question, status, isTyping, filter, ...view }: TopView, width: number, style: Style): string {
  if (question) return style.yellow(cutText(renderTopQuestion(question), width - answers.length) + answers);
  if (isTyping) return cutText(`/${escapeText(filter)}█  enter: keep, esc: clear`, width);
  if (status) {
    const isBad = status.kind === "failed" || status.kind === "refused";
    const text = cutText(renderTopStatus(status), width);
    return isBad ? style.red(text) : status.kind === "done" ? style.green(text) : style.yellow(text);
  }
  const selected = view.opened || view.isHelping ? undefined : view.rows[view.selected];
  const shown =
    filter !== "" && !view.opened ? `filter "${escapeText(filter)}": ${view.rows.length} of ${view.total ?? 0}  ` : "";
  return cutText(`${shown}${selected ? renderTopAbout(selected) : ""}`, width);
}

function renderKeys({ isHelping, opened, rows, selected, list, inQueue }: TopView): string {
  if (isHelping) return "any key: back   q leave";
  const kind = opened?.row.kind ?? rows[selected]?.kind;
  const state = opened?.job?.state ?? (list === "jobs" ? inQueue?.state : list);
  const act = kind === "job" ? (keysOfJob[state ?? ""] ?? waiting) : kind ? keysOf[kind] : "";
  if (opened) return `esc back   ${act}   ? help   q leave`;
  return `enter open   ${act === "" ? "" : `${act}   `}/ filter   ? help   q leave`;
}

const keysOf = {
  queue: "p pause",
  worker: "p quiet   S stop",
  schedule: "n run now   p pause",
} as const;

const waiting = "C cancel   X remove";
const keysOfJob: Readonly<Record<string, string>> = {
  active: "C cancel",
  failed: "r retry   X remove",
  completed: "X remove",
  delayed: "n promote   C cancel   X remove",
};
