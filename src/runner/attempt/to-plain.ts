import { maskSecrets } from "../../definition/mask-url.ts";

/** The fields of a log line as JSON carries them. A line that cannot be kept must not end the job that wrote it. */
export function toPlain(fields: unknown): object {
  if (fields === undefined || fields === null) return {};
  try {
    if (typeof fields !== "object") return { value: String(fields) };
    return JSON.parse(JSON.stringify(fields, plainly));
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

/** `value` is what an error's own `toJSON` made of it, as axios's does, headers and all: the error itself is asked. */
function plainly(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const given = this[key];
  return given instanceof Error ? toRecord(given) : value;
}

/** What hangs on an error is left out: a Redis client's errors carry the command that failed, and AUTH is one. */
function toRecord(error: Error): object {
  const { name, message, stack } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message: maskSecrets(message),
    ...(code !== undefined && { code }),
    stack: stack && maskSecrets(stack),
  };
}
