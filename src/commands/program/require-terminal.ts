import { isDumb } from "../../config/is-dumb.ts";
import { TaskqError } from "../../errors.ts";
import type { CommandContext } from "./command.ts";

/** Refuses to draw where nobody looks. */
export function requireTerminal({ stdin, stdout, flags }: Pick<CommandContext, "stdin" | "stdout" | "flags">): void {
  const isTerminal = stdin.isTTY && stdout.isTTY;
  if (isTerminal && !flags.json && !isDumb()) return;
  const why = flags.json
    ? "a live screen is no JSON"
    : isTerminal
      ? "this terminal cannot move its cursor (TERM=dumb)"
      : "a live screen needs a terminal, and this is none";
  throw new TaskqError("USAGE", why, { hint: "Take `taskq stats --watch`, with `--json` for a program." });
}
