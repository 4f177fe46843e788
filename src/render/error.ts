import { TaskqError } from "../errors.ts";
import type { Style } from "./color.ts";
import { escapeText } from "./escape.ts";

/** What went wrong and what to do next. What is no TaskqError is a bug of ours, and is shown with its stack. */
export function renderError(error: unknown, style: Style): string {
  if (!(error instanceof TaskqError)) return renderBug(error, style);
  const lines = [`${style.red("error:")} ${escapeLines(error.message)}`];
  if (error.hint !== undefined) lines.push(`${style.cyan("hint:")} ${escapeLines(error.hint)}`);
  return lines.join("\n");
}

function renderBug(error: unknown, style: Style): string {
  // Never inspected: what hangs on an error of a library may hold a password.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${style.red("bug:")} ${escapeLines(text)}\n${style.cyan("hint:")} This is a bug of taskq: please report it.`;
}

function escapeLines(text: string): string {
  return text.split("\n").map(escapeText).join("\n");
}
