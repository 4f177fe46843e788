import type { ScheduleChange } from "../../schedule/changes.ts";
import type { Style } from "../color.ts";
import { renderCount } from "../count.ts";
import { renderWhen } from "../cron.ts";
import { escapeText } from "../escape.ts";
import { renderJsonLine } from "../json.ts";
import { cutText, textWidth } from "../text-width.ts";

export interface SyncedSchedules {
  readonly dryRun: boolean;
  readonly changes: readonly ScheduleChange[];
  readonly unchanged: number;
}

export interface ChangesLook {
  readonly style: Style;
  readonly width?: number;
}

const notes: Readonly<Record<ScheduleChange["change"], string>> = {
  create: "",
  update: "",
  remove: "no longer declared",
  orphan: "no longer declared: `--prune` removes it",
  foreign: "another app has one of this name: left alone",
};

/** How the broker differed from what is declared, and what was done about it. */
export function renderScheduleChanges({ dryRun, changes, unchanged }: SyncedSchedules, look: ChangesLook): string {
  const counted = (["create", "update", "remove"] as const).map((change) => {
    const count = changes.filter((each) => each.change === change).length;
    return `${count} ${dryRun ? `to ${change}` : `${change}d`}`;
  });
  return [
    ...changes.flatMap((change) => renderChange(change, look)),
    ...(changes.length > 0 ? [""] : []),
    `${renderCount(changes.length + unchanged, "schedule")}: ${counted.join(", ")}, ${unchanged} unchanged`,
    ...(dryRun ? ["nothing was changed"] : []),
  ].join("\n");
}

function renderChange(change: ScheduleChange, { style, width = 80 }: ChangesLook): string[] {
  const { green, yellow, red, dim } = style;
  const paints = { create: green, update: yellow, remove: red, orphan: yellow, foreign: dim };
  const word = change.change.padEnd("foreign".length);
  const name = escapeText(change.name);
  const room = Math.max(20, width - textWidth(`${word} ${name}  `));
  const note = notes[change.change] || escapeText(renderWhen(change, room));
  return [
    `${paints[change.change](word)} ${name}  ${note}`,
    ...change.differences.map(({ field, before, after }) =>
      cutText(`  ${field}: ${escapeText(renderJsonLine(before))} -> ${escapeText(renderJsonLine(after))}`, width),
    ),
  ];
}
