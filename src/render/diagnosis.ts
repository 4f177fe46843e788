import type { Diagnosis } from "../inspect/doctor/diagnose.ts";
import type { Style } from "./color.ts";
import { renderCount } from "./count.ts";
import { escapeText } from "./escape.ts";
import type { TableOptions } from "./table.ts";
import { wrapText } from "./wrap-text.ts";

const indent = 9;

/** The findings, errors first: what, why it matters, what to do; then one line that sums up. */
export function renderDiagnosis(diagnosis: Diagnosis, { style, width = 80 }: TableOptions): string {
  const { findings, errors, warnings, broker } = diagnosis;
  const lines = findings.flatMap(({ level, check, what, why, fix }) => [
    `${paint(level, style)(level.padEnd(indent - 2))}  ${hang(`${style.bold(check)}: `, `${check}: `, what, width)}`,
    ...(why === null ? [] : [`${" ".repeat(indent)}${hang("why: ", "why: ", why, width)}`]),
    ...(fix === null ? [] : [`${" ".repeat(indent)}${hang(style.cyan("do:  "), "do:  ", fix, width)}`]),
  ]);
  const verdict = errors > 0 ? style.red("not ok") : style.green("ok");
  const counts = `${renderCount(errors, "error")}, ${renderCount(warnings, "warning")}`;
  return [...lines, "", `${verdict}: ${counts} at ${escapeText(broker)}`].join("\n");
}

/** A text behind its label, the further lines below its beginning. */
function hang(label: string, plainLabel: string, text: string, width: number): string {
  const left = indent + (plainLabel.length === 5 ? 5 : 0);
  const [first, ...rest] = wrapText(escapeText(text), width - left, width - indent - plainLabel.length);
  return [label + first, ...rest.map((line) => " ".repeat(left) + line)].join("\n");
}

function paint(level: Diagnosis["findings"][number]["level"], { red, yellow, green }: Style) {
  return { error: red, warning: yellow, ok: green }[level];
}
