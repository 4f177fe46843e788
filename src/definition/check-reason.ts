import { TaskqError } from "../errors.ts";

const longest = 500;

/** Why somebody does something, for those who come after; null where nothing is said. */
export function checkReason(reason: string | undefined): string | null {
  if (reason === undefined) return null;
  if (reason.length <= longest) return reason;
  throw new TaskqError("USAGE", `the reason has ${reason.length} characters, more than ${longest}`);
}
