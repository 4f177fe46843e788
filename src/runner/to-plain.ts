import { maskSecrets } from "../definition/mask-url.ts";

/** The fields of a log line as JSON carries them. A line that cannot be kept must not end the job that wrote it. */
export function toPlain(fields: object): object {
  try {
    return JSON.parse(JSON.stringify(fields, (_key, value) => (value instanceof Error ? toRecord(value) : value)));
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
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
