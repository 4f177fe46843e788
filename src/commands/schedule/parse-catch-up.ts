import type { CatchUp } from "../../cron/plan-catch-up.ts";
import { TaskqError } from "../../errors.ts";

const words: readonly string[] = ["once", "skip", "all"] satisfies CatchUp[];

/** What `--catch-up` says. Throws USAGE. */
export function parseCatchUp(text: string | undefined): CatchUp | undefined {
  if (text === undefined || words.includes(text)) return text as CatchUp | undefined;
  throw new TaskqError("USAGE", `--catch-up must be once, skip or all, not "${text}"`);
}
