import type { TaskqError } from "../errors.ts";
import type { Style } from "./color.ts";
import { escapeText } from "./escape.ts";

/** What went wrong and what to do next; `verbose` adds what it came from. */
export function renderError(
  error: Pick<TaskqError, "message" | "hint" | "cause">,
  style: Style,
  verbose = false,
): string {
  const { message, hint, cause } = error;
  return [
    `${style.red("error:")} ${escapeLines(message)}`,
    ...(verbose && cause !== undefined ? [`${style.dim("cause:")} ${escapeLines(sayOf(cause))}`] : []),
    ...(hint === undefined ? [] : [`${style.cyan("hint:")} ${escapeLines(hint)}`]),
  ].join("\n");
}

/** What is no TaskqError: a bug of ours, with its stack. */
export function renderBug(error: unknown, style: Style): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : sayOf(error);
  return `${style.red("bug:")} ${escapeLines(text)}\n${style.cyan("hint:")} This is a bug of taskq: please report it.`;
}

// Never inspected: what hangs on an error of a library may hold a password.
function sayOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === "object" && error !== null ? "an object was thrown" : String(error);
}

/** Lines of ours, and those of a stack, are indented: a line break before anything else is one that was smuggled in. */
function escapeLines(text: string): string {
  return text
    .split(/\n(?= {2})/)
    .map((line) => escapeText(line))
    .join("\n");
}
