/** One line of a crontab, taken apart; what it means depends on the lines before it. */
export type CrontabLine = { readonly number: number; readonly text: string } & (
  | { readonly kind: "blank" }
  | { readonly kind: "comment"; readonly words: string }
  | { readonly kind: "variable"; readonly name: string; readonly value: string }
  | {
      readonly kind: "entry";
      readonly times: string;
      readonly user?: string;
      readonly command: string;
      readonly input?: string;
    }
  | { readonly kind: "strange" }
);

const variable = /^(["']?)([A-Za-z_]\w*)\1\s*=\s*(.*)$/s;
// A minus before the time keeps a line out of the system's log.
const entry = /^-?(@\w+|\S+(?:\s+\S+){4})\s+(\S.*)$/s;

/** The lines of a crontab: of a user, or of the system, where a user stands before each command. */
export function parseCrontab(text: string, isSystem: boolean): CrontabLine[] {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines.map((line, at) => ({ number: at + 1, ...parse(line.trim(), isSystem) }));
}

function parse(text: string, isSystem: boolean) {
  if (text === "") return { kind: "blank", text } as const;
  if (text.startsWith("#")) return { kind: "comment", text, words: text.replace(/^#+\s?/, "") } as const;
  const [, , name, value] = variable.exec(text) ?? [];
  if (name !== undefined) return { kind: "variable", text, name, value: unquote(value!) } as const;

  const [, times, rest] = entry.exec(text) ?? [];
  const [, user, line] = isSystem ? (/^(\S+)\s+(\S.*)$/s.exec(rest ?? "") ?? []) : [undefined, undefined, rest];
  if (times === undefined || line === undefined) return { kind: "strange", text } as const;
  return { kind: "entry", text, times, ...(user !== undefined && { user }), ...toCommand(line) } as const;
}

function unquote(value: string): string {
  return /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;
}

/** What follows the first `%` is the command's input, and each further one a new line of it; `\%` is the sign itself. */
function toCommand(line: string): { readonly command: string; readonly input?: string } {
  const [command, ...input] = line.split(/(?<!\\)%/).map((part) => part.replaceAll("\\%", "%"));
  return { command: command!.trim(), ...(input.length > 0 && { input: `${input.join("\n")}\n` }) };
}
