import { TaskqError } from "../../errors.ts";

/** A limit as it was typed, or `reset`; one of the two has to be said. */
export function orReset<Limit>(
  text: string | undefined,
  reset: boolean | undefined,
  parse: (text: string) => Limit,
): Limit | "reset" {
  if (text !== undefined && !reset) return parse(text);
  if (text === undefined && reset) return "reset";
  throw new TaskqError("USAGE", text === undefined ? "no limit is said" : `"${text}" and --reset do not go together`, {
    hint: "Say a limit, or `--reset`.",
  });
}
