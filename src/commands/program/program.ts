import { CommanderError, Option, Command as Program } from "commander";
import { nearest } from "../../definition/nearest.ts";
import { TaskqError } from "../../errors.ts";
import { commands } from "../index.ts";
import type { Command, CommandOption, GlobalFlags } from "./command.ts";
import type { CommandEntry } from "./entry.ts";
import { globalOptions } from "./global-options.ts";

/** A command line, understood. */
export interface Invocation {
  // biome-ignore lint/suspicious/noExplicitAny: each command has options of its own
  readonly command: Command<any>;
  readonly args: readonly string[];
  readonly options: GlobalFlags & Record<string, unknown>;
}

/** Turns words into a command to run, or undefined where commander has answered by itself: help, the version. */
export async function parse(
  argv: readonly string[],
  version: string,
  print: (text: string) => void,
): Promise<Invocation | undefined> {
  const called = findCalled(argv);
  const definition = called && (await called.load()).default;
  let invocation: Invocation | undefined;
  let extra: () => readonly string[] = () => [];

  const program = createProgram(version, print);
  for (const entry of commands) {
    const stub = parentOf(program, entry.name)
      .command(entry.name.split(" ").at(-1)!, { hidden: entry.isHidden === true })
      .description(entry.summary);
    if (entry !== called || !definition) continue;
    describe(stub, definition);
    extra = () => stub.args.slice(stub.registeredArguments.length);
    stub.action(() => {
      invocation = { command: definition, args: stub.args, options: stub.optsWithGlobals() };
    });
  }

  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.help") throw noVerb(wordsOf(argv)[0]);
    if (error.exitCode !== 0) throw usageError(error, called?.name ?? nounOf(argv), extra());
  }
  return invocation;
}

function createProgram(version: string, print: (text: string) => void): Program {
  const program = new Program("taskq")
    .description("Run, schedule and inspect the jobs of your domain folders, on BullMQ.")
    .version(version)
    .usage("<command> [options]")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .configureHelp({ helpWidth: 80 });
  for (const option of globalOptions) addOption(program, option);
  return program;
}

/** `job show` is a command of the command `job`. */
function parentOf(program: Program, name: string): Program {
  const [group, verb] = name.split(" ");
  if (verb === undefined) return program;
  const existing = program.commands.find((command) => command.name() === group);
  if (existing) return existing;
  const verbs = verbsOf(group!).map((known) => `${group} ${known}`);
  return program
    .command(group!)
    .description(`See ${verbs.join(", ")}`)
    .usage("<command>")
    .helpCommand(false);
}

const verbsOf = (group: string): string[] =>
  commands.filter(({ name }) => name.startsWith(`${group} `)).map(({ name }) => name.split(" ")[1]!);

function describe(program: Program, { usage, options = [], examples }: Command): void {
  for (const argument of usage.match(/[<[][^>\]]+[>\]]/g) ?? []) program.argument(argument);
  for (const option of options) addOption(program, option);
  for (const option of globalOptions) addOption(program, option, true);
  program.addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}`);
}

/** Global options may stand on either side of the command. */
function addOption(program: Program, { flags, description }: CommandOption, hidden = false): void {
  program.addOption(new Option(flags, description).hideHelp(hidden));
}

/** The entry whose words the command line begins with. */
function findCalled(argv: readonly string[]): CommandEntry | undefined {
  const words = wordsOf(argv);
  return commands.find(({ name }) => name.split(" ").every((part, index) => words[index] === part));
}

/** The command line without its options and their values. */
function wordsOf(argv: readonly string[]): string[] {
  const valued = new Set(
    globalOptions.filter(({ flags }) => flags.includes("<")).map(({ flags }) => flags.split(" ")[0]),
  );
  return argv.filter((word, index) => !word.startsWith("-") && !valued.has(argv[index - 1]));
}

function noVerb(noun: string | undefined): TaskqError {
  if (noun === undefined) return new TaskqError("USAGE", "no command is given", { hint: "See `taskq --help`." });
  const verbs = verbsOf(noun);
  return new TaskqError("USAGE", `${noun} needs a command: ${verbs.join(", ")}`, {
    hint: `See \`taskq ${noun} --help\`.`,
  });
}

/** The first word, where commands begin with it. */
function nounOf(argv: readonly string[]): string | undefined {
  const [noun] = wordsOf(argv);
  return noun !== undefined && verbsOf(noun).length > 0 ? noun : undefined;
}

function usageError(
  { code, message }: CommanderError,
  about: string | undefined,
  extra: readonly string[],
): TaskqError {
  const isExcess = code === "commander.excessArguments" && extra.length > 0;
  const said = isExcess ? `${about} takes no "${extra.join(" ")}"` : message.replace(/^error: /, "");
  const [first, suggestion] = said.split("\n");
  const unknown = /unknown command '(.*)'/.exec(first!)?.[1];
  const shown = commands.filter(({ isHidden }) => !isHidden);
  const near = unknown && nearest(unknown, [...new Set(shown.flatMap(({ name }) => [name, ...name.split(" ")]))]);
  const hint =
    suggestion?.replace(/[()]/g, "") ??
    (near ? `Did you mean ${near}?` : `See \`taskq ${about ? `${about} ` : ""}--help\`.`);
  return new TaskqError("USAGE", first!.replace(/\.$/, ""), { hint });
}
