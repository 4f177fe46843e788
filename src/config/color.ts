import { type Environment, readEnvironment } from "./environment.ts";
import { isDumb } from "./is-dumb.ts";

/** Whether to colour a stream: the flag, NO_COLOR, FORCE_COLOR, a dumb terminal, and only then what the stream is. */
export function wantsColor(
  flag: boolean | undefined,
  isTerminal: boolean,
  env: Environment = readEnvironment(),
): boolean {
  if (flag !== undefined) return flag;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal && !isDumb(env);
}
