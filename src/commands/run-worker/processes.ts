import { availableParallelism } from "node:os";
import { TaskqError } from "../../errors.ts";

/** More than anybody means: a slip of the finger must not fork without end. */
const most = 1_024;

/** How many processes `--processes` asks for, or undefined where it is not given. */
export function parseProcesses(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === "max") return availableParallelism();
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new TaskqError("USAGE", `--processes must be a whole number from 1 to ${most} or max, not "${text}"`, {
    hint: "Say `--processes max` for one process per processor.",
  });
}
