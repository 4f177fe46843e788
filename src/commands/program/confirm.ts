import { renderQuestion } from "../../render/question.ts";
import type { CommandContext } from "./command.ts";

/** Whether to go on: `--yes` was said, or the answer at the terminal is yes. */
export async function confirm(
  { ask, output }: Pick<CommandContext, "ask" | "output">,
  question: string,
  yes: boolean | undefined,
): Promise<boolean> {
  if (yes) return true;
  const isYes = /^y(?:es)?$/i.test(await ask(renderQuestion(question, "[y/N]"), "--yes"));
  if (!isYes) output.note("nothing was changed");
  return isYes;
}
