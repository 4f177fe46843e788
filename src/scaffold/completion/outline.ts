import { type Argument, readArgument } from "./argument.ts";

/** A command as its definition says it, as far as a shell needs to know it. */
export interface DescribedCommand {
  readonly usage: string;
  readonly summary: string;
  readonly options?: readonly DescribedOption[];
  /** The only words that its first argument may be. */
  readonly choices?: readonly string[];
}

export interface DescribedOption {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

/** What may be typed: the same for every shell. */
export interface Outline {
  readonly commands: readonly OutlineCommand[];
  /** Of every command. */
  readonly options: readonly OutlineOption[];
}

export interface OutlineCommand {
  /** `job list` is of two words. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OutlineOption[];
  /** The first one, which alone is completed unless it may be given many times. */
  readonly argument: Argument | undefined;
}

export interface OutlineOption {
  /** `-f` and `--follow`. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly argument: Argument | undefined;
}

/** Reads the definitions of the commands. */
export function createOutline(commands: readonly DescribedCommand[], globals: readonly DescribedOption[]): Outline {
  return { commands: commands.map(toCommand), options: globals.map(toOption) };
}

function toCommand({ usage, summary, options = [], choices }: DescribedCommand): OutlineCommand {
  const [name, first] = usage.split(/ (?=[<[])/);
  return {
    name: name!,
    summary,
    options: options.map(toOption),
    argument: first === undefined ? undefined : readArgument(first, first, choices),
  };
}

function toOption({ flags, description, choices }: DescribedOption): OutlineOption {
  const argument = /[<[].*$/.exec(flags)?.[0];
  const names = flags.match(/(?<![^\s,])--?[\w-]+/g) ?? [];
  return {
    flags: names,
    description,
    argument: argument === undefined ? undefined : readArgument(argument, names.at(-1)!, choices),
  };
}
