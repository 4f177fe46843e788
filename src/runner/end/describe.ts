import { toError } from "./to-error.ts";

/** An error that nobody caught, in one line: what it says, and the place it comes from. Nothing of what hangs on it. */
export function describe(thrown: unknown): string {
  const { message, stack = "" } = toError(thrown);
  const [place] = /^ +at .+$/m.exec(stack) ?? [];
  return place ? `${message} (${place.trim()})` : message;
}
