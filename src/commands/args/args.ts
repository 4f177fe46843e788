import { TaskqError } from "../../errors.ts";
import { readArgsFile } from "./file.ts";
import { readWords } from "./words.ts";

/** The args that a command line gives: `--args` (JSON, `@file`, or `-` for standard input), and `key=value` words over it. */
export async function readArgs(
  text: string | undefined,
  words: readonly string[],
  readStdin: () => Promise<string>,
): Promise<unknown> {
  const said = text === undefined ? {} : await readJson(text, readStdin);
  if (words.length === 0) return said;
  const given = await readWords(words);
  if (typeof said === "object" && said !== null && !Array.isArray(said)) return { ...said, ...given };
  throw new TaskqError("ARGS_INVALID", "--args must be a JSON object where key=value is given too");
}

async function readJson(text: string, readStdin: () => Promise<string>): Promise<unknown> {
  if (text === "-") return parse("--args -", "standard input is not JSON", await readStdin());
  if (text.startsWith("@")) {
    return parse(`--args ${text}`, `the file "${text.slice(1)}" is not JSON`, await readArgsFile(text.slice(1)));
  }
  return parseJson("--args", text);
}

/** JSON from a flag's text. */
export function parseJson(flag: string, text: string): unknown {
  return parse(flag, `${flag} is not JSON: ${text}`, text, `Quote it for the shell: ${flag} '{"userId": "42"}'.`);
}

function parse(what: string, message: string, text: string, hint = `Correct what ${what} reads.`): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TaskqError("ARGS_INVALID", `${message} (${(error as Error).message})`, { hint });
  }
}
