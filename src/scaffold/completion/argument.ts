/** What stands after a flag or a command. */
export interface Argument {
  readonly takes: "one" | "optional" | "many";
  /** Words, or a kind of names that the project or the disk knows: `@jobs`, `@queues`, `@schedules`, `@files`, `@folders`. */
  readonly values: readonly string[];
}

/** `placeholder` is as help shows it: `<queue...>`. `of` is the flag that it follows, or itself for an argument of a command. */
export function readArgument(placeholder: string, of: string, choices?: readonly string[]): Argument {
  const kind = kinds.find(({ placeholders, flags }) => placeholders.includes(inner(placeholder)) || flags.includes(of));
  return {
    takes: placeholder.includes("...") ? "many" : placeholder.startsWith("[") ? "optional" : "one",
    values: choices ?? (kind ? [kind.values] : []),
  };
}

const kinds = [
  { values: "@jobs", placeholders: ["job"], flags: ["--job"] },
  { values: "@queues", placeholders: ["queue"], flags: ["--queue", "--exclude-queue", "--share-queue"] },
  { values: "@schedules", placeholders: ["schedule"], flags: [] },
  { values: "@files", placeholders: ["file", "crontab"], flags: [] },
  { values: "@folders", placeholders: ["folder"], flags: [] },
];

const inner = (placeholder: string) => placeholder.replace(/[<>[\]]|\.\.\./g, "");
