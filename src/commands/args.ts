import { TaskqError } from "../errors.ts";

/** What `--args` gives: JSON, at least in form. */
export function parseArgs(text: string | undefined): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TaskqError("ARGS_INVALID", `--args is not JSON: ${text} (${(error as Error).message})`, {
      hint: `Quote it for the shell: --args '{"userId": "42"}'.`,
    });
  }
}

/** A whole number from a flag's text. */
export function parseWhole(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new TaskqError("USAGE", `${flag} must be a whole number, not "${text}"`);
}
