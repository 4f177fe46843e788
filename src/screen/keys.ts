/** One key press: a named key, a character that was typed, or a text that was pasted. */
export interface Key {
  readonly name: KeyName | "text" | "paste";
  readonly text: string;
}

export type KeyName = (typeof sequences)[keyof typeof sequences] | "escape";

/** What terminals send, in their usual and in their application mode. */
const sequences = {
  "\u001b[A": "up",
  "\u001b[B": "down",
  "\u001b[C": "right",
  "\u001b[D": "left",
  "\u001bOA": "up",
  "\u001bOB": "down",
  "\u001bOC": "right",
  "\u001bOD": "left",
  "\u001b[5~": "pageUp",
  "\u001b[6~": "pageDown",
  "\u001b[H": "home",
  "\u001b[F": "end",
  "\u001bOH": "home",
  "\u001bOF": "end",
  "\u001b[1~": "home",
  "\u001b[4~": "end",
  "\u001b[7~": "home",
  "\u001b[8~": "end",
  "\u001b[Z": "backTab",
  "\t": "tab",
  "\r": "enter",
  "\n": "enter",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u0002": "pageUp",
  "\u0003": "interrupt",
  "\u0006": "pageDown",
  "\u000c": "redraw",
  "\u001a": "suspend",
} as const;

const beginPaste = "\u001b[200~";
const endPaste = "\u001b[201~";
const longestPaste = 10_000;
// A sequence that no terminal has finished yet, and one that has no meaning here.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const begun = /^\u001b(?:[[O][0-9;?]*)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unknown = /^(?:\u001b(?:\[[0-9;?<]*[ -/]*[@-~]|O.|[^\u001b])|[\u0000-\u001f\u007f-\u009f])/;

export interface ParsedKeys {
  readonly keys: readonly Key[];
  /** What may be the beginning of a longer sequence: it goes before what comes next. */
  readonly rest: string;
}

/** The keys in what a terminal in raw mode sent. `isAll`: no more is on its way, so an escape is the key. */
export function parseKeys(input: string, isAll = false): ParsedKeys {
  const keys: Key[] = [];
  let rest = input;
  while (rest !== "") {
    if (rest.startsWith(beginPaste)) {
      const end = rest.indexOf(endPaste);
      if (end < 0 && !isAll && rest.length < longestPaste) return { keys, rest };
      keys.push({ name: "paste", text: rest.slice(beginPaste.length, end < 0 ? undefined : end) });
      rest = end < 0 ? "" : rest.slice(end + endPaste.length);
      continue;
    }
    if (begun.test(rest) && !isAll) return { keys, rest };
    const [key, length] = readKey(rest);
    if (key) keys.push(key);
    rest = rest.slice(length);
  }
  return { keys, rest: "" };
}

function readKey(input: string): readonly [key: Key | undefined, length: number] {
  const found = Object.entries(sequences).find(([sequence]) => input.startsWith(sequence));
  if (found) return [{ name: found[1], text: "" }, found[0].length];
  if (input[0] === "\u001b" && (input.length === 1 || input[1] === "\u001b")) return [{ name: "escape", text: "" }, 1];
  const [strange] = unknown.exec(input) ?? [];
  if (strange !== undefined) return [undefined, strange.length];
  const character = String.fromCodePoint(input.codePointAt(0)!);
  return [{ name: "text", text: character }, character.length];
}
