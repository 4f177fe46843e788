import { maskSecrets } from "../../definition/mask-url.ts";

const longestMessage = 10_000;
const longestStack = 20_000;
const deepestCause = 5;
const mostMembers = 10;
const unrecoverable = "UnrecoverableError";
/** Messages and names by which BullMQ steers itself: from a handler they would put the job into a hot loop. */
const control = /^(bullmq:|DelayedError$|WaitingError$|WaitingChildrenError$|RateLimitError$)/;

/**
 * Whatever was thrown, as an Error that BullMQ can store: masked, then cut, its value kept, in its stack so many of its causes too,
 * never a control string.
 */
export function toError(thrown: unknown, causes = deepestCause): Error {
  const message = cut(maskSecrets(messageOf(thrown)), longestMessage);
  const error = new Error(control.test(message) ? `the handler threw: ${message}` : message);
  error.stack = cut(maskSecrets(traceOf(thrown, causes)), longestStack);
  return error;
}

/** Whether the thrown value asks not to be tried again: ours by code, BullMQ's by name, of whichever copy of BullMQ it is. */
export function isUnrecoverable(thrown: unknown): boolean {
  return (
    safely(() => {
      const { name, code } = thrown as { name?: unknown; code?: unknown };
      if (name === unrecoverable || code === "JOB_UNRECOVERABLE") return true;
      let of = thrown instanceof Error ? Object.getPrototypeOf(thrown) : null;
      while (of && of.constructor?.name !== unrecoverable) of = Object.getPrototypeOf(of);
      return of !== null;
    }) === true
  );
}

/** The stack, with what it does not have of itself: the causes, and what an AggregateError holds. */
function traceOf(thrown: unknown, causes: number): string {
  let text = stackOf(thrown);
  const add = (more: string, title: string) => {
    if (!text.includes(more)) text += `\n${title}: ${more}`;
  };
  let each = thrown;
  for (let depth = 0; ; depth++) {
    const errors = safely(() => (each as AggregateError).errors);
    if (Array.isArray(errors)) for (const one of errors.slice(0, mostMembers)) add(messageOf(one), "One of its errors");
    each = safely(() => (each as Error).cause);
    if (depth === causes || each === undefined || each === null) return text;
    add(stackOf(each), "Caused by");
  }
}

function stackOf(thrown: unknown): string {
  const stack = safely(() => (thrown instanceof Error ? thrown.stack : undefined));
  return typeof stack === "string" ? stack : `Error: ${messageOf(thrown)}`;
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
