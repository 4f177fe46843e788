import { TaskqError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

/** Refuses to draw where nobody looks. */
export function requireTerminal({ stdin, stdout, flags }: Pick<CommandContext, "stdin" | "stdout" | "flags">): void {
  if (stdin.isTTY && stdout.isTTY && !flags.json) return;
  throw new TaskqError(
    "USAGE",
    flags.json ? "a live screen is no JSON" : "a live screen needs a terminal, and this is none",
    {
      hint: "Take `taskq stats --watch`, with `--json` for a program.",
    },
  );
}
