import { TaskqError } from "../../errors.ts";
import { readArgsFile } from "./file.ts";

const dangerous = new Set(["__proto__", "constructor", "prototype"]);

/** `key=text`, `key:=json`, `key=@file` for its text, `key:=@file` for its JSON. */
export async function readWords(words: readonly string[]): Promise<Record<string, unknown>> {
  const pairs = words.map(split);
  const seen = new Map<string, string>();
  for (const { key, word } of pairs) {
    if (dangerous.has(key)) throw invalid(`the key "${key}" of ${word} is refused`, "Choose another.");
    const before = seen.get(key);
    if (before !== undefined) throw invalid(`the key "${key}" is given twice: ${before} and ${word}`, "Give it once.");
    seen.set(key, word);
  }
  return Object.fromEntries(await Promise.all(pairs.map(async (pair) => [pair.key, await readValue(pair)] as const)));
}

interface Pair {
  readonly word: string;
  readonly key: string;
  readonly isJson: boolean;
  readonly value: string;
}

function split(word: string): Pair {
  const at = word.indexOf("=");
  const isJson = word[at - 1] === ":";
  const key = word.slice(0, isJson ? at - 1 : at);
  if (at > 0 && key !== "") return { word, key, isJson, value: word.slice(at + 1) };
  throw new TaskqError("USAGE", `"${word}" is no key=value`, {
    hint: "Write args as key=text or key:=json, or give all of them with --args.",
  });
}

async function readValue({ word, key, isJson, value }: Pair): Promise<unknown> {
  const hint = isJson ? undefined : `For a text that begins with @ write ${key}:='"${value}"'.`;
  const text = value.startsWith("@") ? await readArgsFile(value.slice(1), hint) : value;
  if (!isJson) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`the value of ${word} is not JSON (${(error as Error).message})`, `For a text write ${key}=….`);
  }
}

function invalid(message: string, hint?: string): TaskqError {
  return new TaskqError("ARGS_INVALID", message, { hint });
}
