import type { PlannedFile } from "../scaffold/init/plan.ts";
import type { Style } from "./color.ts";

/** A line a file; before they are written, with what they will hold. */
export function renderInitFiles(files: readonly PlannedFile[], isDryRun: boolean, style: Style): string {
  const lines = files.map((file) => (isDryRun ? renderPlanned(file, style) : `${file.path} ${renderDone(file)}`));
  if (files.every(({ text }) => text === undefined)) lines.push("All is there: nothing is to be written.");
  return lines.join("\n");
}

function renderDone({ text, isAppended }: PlannedFile): string {
  if (text === undefined) return "is there already, and is left alone";
  return isAppended ? `now has ${text.trim()}` : "is written";
}

function renderPlanned({ path, text, isAppended }: PlannedFile, style: Style): string {
  if (text === undefined) return `${path} is there already, and would be left alone`;
  return `${style.bold(path)} would ${isAppended ? "get" : "be"}:\n${text.trim().replace(/^(?=.)/gm, "  ")}\n`;
}
