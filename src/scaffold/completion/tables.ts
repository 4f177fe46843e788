import type { Argument } from "./argument.ts";
import type { Outline, OutlineCommand, OutlineOption } from "./outline.ts";

/** What the script of a shell looks up, in no shell's language. A row is a word, a tab and its description. */
export interface Tables {
  /** Every command, and every noun that commands begin with. */
  readonly names: readonly string[];
  /** What stands after a flag, by the flag. */
  readonly globalFlags: readonly Arm<Argument>[];
  /** The same by `<command> <flag>`. */
  readonly flags: readonly Arm<Argument>[];
  readonly globalOptions: readonly string[];
  /** Rows of the flags of commands. */
  readonly options: readonly Arm<readonly string[]>[];
  /** Rows of the words that go on a noun; of the key "", those that a command line begins with. */
  readonly words: readonly Arm<readonly string[]>[];
  /** Arguments of commands. */
  readonly places: readonly Arm<Argument>[];
}

/** What is the same for all of these keys. */
export interface Arm<Value> {
  readonly keys: readonly string[];
  readonly value: Value;
}

export function createTables({ commands, options: globals }: Outline): Tables {
  const nouns = [...new Set(commands.map(({ name }) => name.split(" ")[0]!))];
  return {
    names: [...new Set([...nouns, ...commands.map(({ name }) => name)])],
    globalFlags: group(toFlags("", globals)),
    flags: group(commands.flatMap(({ name, options }) => toFlags(`${name} `, options))),
    globalOptions: toRows(globals),
    options: group(commands.flatMap(({ name, options }) => (options.length > 0 ? [[name, toRows(options)]] : []))),
    words: [
      { keys: [""], value: nouns.map((noun) => `${noun}\t${summaryOf(noun, commands)}`) },
      ...nouns.flatMap((noun) => {
        const verbs = commands.filter(({ name }) => name.startsWith(`${noun} `));
        const rows = verbs.map(({ name, summary }) => `${name.slice(noun.length + 1)}\t${summary}`);
        return rows.length > 0 ? [{ keys: [noun], value: rows }] : [];
      }),
    ],
    places: group(
      commands.flatMap(({ name, argument }) => (argument && argument.values.length > 0 ? [[name, argument]] : [])),
    ),
  };
}

function toFlags(before: string, options: readonly OutlineOption[]): [string, Argument][] {
  return options.flatMap(({ flags, argument }) =>
    argument ? flags.map((flag): [string, Argument] => [before + flag, argument]) : [],
  );
}

const toRows = (options: readonly OutlineOption[]) => [
  ...options.map(({ flags, description }) => `${flags.at(-1)}\t${description}`),
];

/** A noun that is no command says its verbs. */
function summaryOf(noun: string, commands: readonly OutlineCommand[]): string {
  const command = commands.find(({ name }) => name === noun);
  const verbs = commands.flatMap(({ name }) => (name.startsWith(`${noun} `) ? [name.slice(noun.length + 1)] : []));
  return command?.summary ?? verbs.join(", ");
}

/** Most commands have much in common: what is equal is written once. */
function group<Value>(entries: readonly (readonly [string, Value])[]): Arm<Value>[] {
  const groups = new Map<string, { keys: string[]; value: Value }>();
  for (const [key, value] of entries) {
    const known = groups.get(JSON.stringify(value));
    if (known) known.keys.push(key);
    else groups.set(JSON.stringify(value), { keys: [key], value });
  }
  return [...groups.values()];
}
