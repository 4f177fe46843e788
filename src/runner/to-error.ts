import { maskSecrets } from "../definition/mask-url.ts";

const longestMessage = 10_000;
const longestStack = 20_000;
/** Messages and names by which BullMQ steers itself: from a handler they would put the job into a hot loop. */
const control = /^(bullmq:|DelayedError$|WaitingError$|WaitingChildrenError$|RateLimitError$)/;

/** Whatever was thrown, as an Error that BullMQ can store: cut, its value kept, never a control string. */
export function toError(thrown: unknown): Error {
  const message = maskSecrets(cut(messageOf(thrown), longestMessage));
  const error = new Error(control.test(message) ? `the handler threw: ${message}` : message);
  const stack = safely(() => (thrown instanceof Error ? thrown.stack : undefined));
  error.stack = maskSecrets(cut(typeof stack === "string" ? stack : `Error: ${error.message}`, longestStack));
  return error;
}

/** Whether the thrown value asks not to be tried again: ours by code, BullMQ's by name. */
export function isUnrecoverable(thrown: unknown): boolean {
  return (
    safely(() => {
      const { name, code } = thrown as { name?: unknown; code?: unknown };
      return name === "UnrecoverableError" || code === "JOB_UNRECOVERABLE";
    }) === true
  );
}

function messageOf(thrown: unknown): string {
  if (thrown === undefined || thrown === null) return `the handler threw ${thrown}`;
  if (typeof thrown === "string") return thrown || "the handler threw an empty string";
  const message = safely(() => (thrown as { message?: unknown }).message);
  if (typeof message === "string" && message !== "") return message;
  const text = safely(() => (thrown instanceof Error ? thrown.name : (JSON.stringify(thrown) ?? String(thrown))));
  return typeof text === "string" ? text : `the handler threw a ${typeof thrown}`;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function safely<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
