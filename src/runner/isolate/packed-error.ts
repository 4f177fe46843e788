import { exitCodes, TaskqError, type TaskqErrorCode } from "../../errors.ts";
import { isUnrecoverable, toError } from "../end/to-error.ts";

/** What was thrown, as plain data that crosses from one thread to another. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | number | undefined;
  readonly hint: string | undefined;
  readonly cause: PackedError | undefined;
}

const deepestCause = 4;

export function packError(thrown: unknown, depth = 0): PackedError {
  const { message, stack } = toError(thrown, 0); // the causes go along by themselves
  const code = isUnrecoverable(thrown) ? "JOB_UNRECOVERABLE" : read(thrown, "code"); // its class does not come along
  const name = read(thrown, "name");
  const hint = read(thrown, "hint");
  const cause = read(thrown, "cause");
  return {
    name: typeof name === "string" ? name : "Error",
    message,
    stack,
    code: typeof code === "string" || typeof code === "number" ? code : undefined,
    hint: typeof hint === "string" ? hint : undefined,
    cause: cause === undefined || depth >= deepestCause ? undefined : packError(cause, depth + 1),
  };
}

/** An error that says the same. Ours are ours again; of others the name and the code are kept, by which they are told apart. */
export function unpackError({ name, message, stack, code, hint, cause: packed }: PackedError): Error {
  const cause = packed && unpackError(packed);
  const error =
    name === "TaskqError" && typeof code === "string" && Object.hasOwn(exitCodes, code)
      ? new TaskqError(code as TaskqErrorCode, message, { hint, cause })
      : Object.assign(new Error(message, cause && { cause }), code !== undefined && { code });
  if (error.name !== name) Object.defineProperty(error, "name", { value: name, configurable: true, writable: true });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** A getter may throw. */
function read(thrown: unknown, key: string): unknown {
  try {
    return typeof thrown === "object" && thrown !== null ? (thrown as Record<string, unknown>)[key] : undefined;
  } catch {
    return undefined;
  }
}
