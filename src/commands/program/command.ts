import type { Broker } from "../../broker/broker.ts";
import type { ConnectionKind } from "../../broker/redis.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { Catalog } from "../../discovery/catalog.ts";
import type { Style } from "../../render/color.ts";

/** One command of the command line: what it is called, what it takes, what it does. */
export interface Command<Options = Record<string, never>> {
  /** The name and its arguments, as help shows them: `job show <id>`. */
  readonly usage: string;
  /** One imperative sentence. */
  readonly summary: string;
  /** Whole command lines. */
  readonly examples: readonly string[];
  readonly options?: readonly CommandOption[];
  /** The only words that the first argument may be, for shells to complete. */
  readonly choices?: readonly string[];
  /** Returns the exit code. */
  readonly run: (context: CommandContext, args: readonly string[], options: Options) => Promise<number>;
}

export interface CommandOption {
  /** As commander writes them: `--delay <time>`, `--queue <glob...>`. */
  readonly flags: string;
  readonly description: string;
  /** The only words that its value may be, or those that are more than a number, for shells to complete. */
  readonly choices?: readonly string[];
}

/** What a command may use, made when first asked for. */
export interface CommandContext {
  /** Without a config file: the defaults. */
  readonly config: () => Promise<ResolvedConfig>;
  /** Throws CONFIG_NOT_FOUND without a config file. Imports no job file. */
  readonly projectConfig: () => Promise<ResolvedConfig>;
  /** Throws CONFIG_NOT_FOUND without a config file. */
  readonly project: () => Promise<Project>;
  /** A connection, closed when the command ends; of the kind that is first asked for, by default one that fails fast. */
  readonly broker: (kind?: ConnectionKind) => Promise<Broker>;
  readonly output: Output;
  readonly flags: GlobalFlags;
  readonly nowMs: () => number;
  readonly readStdin: () => Promise<string>;
  /** For what is read piece by piece. */
  readonly stdin: NodeJS.ReadStream;
  /** For what takes a whole terminal. */
  readonly stdout: NodeJS.WriteStream;
  /**
   * Asks whoever is at the terminal, and resolves to the line that is typed: empty where nobody answers. Throws USAGE where there is
   * no terminal, with the flag that answers instead.
   */
  readonly ask: (question: string, flag: string) => Promise<string>;
  /** Aborts at Ctrl-C or SIGTERM. */
  readonly interrupted: () => AbortSignal;
  /** What is to be put back when the command ends, however that is, and before its error is shown. */
  readonly atEnd: (putBack: () => void) => void;
}

export interface Project {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
}

export interface GlobalFlags {
  readonly config?: string;
  readonly broker?: string;
  readonly envFile?: string;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** Where a command's words go: data to stdout, all else to stderr. */
export interface Output {
  /** The very object as JSON under `--json`, else the text. */
  readonly data: (value: unknown, render: (look: Look) => string) => void;
  /** To stderr, unless `--quiet`. */
  readonly note: (text: string) => void;
  /** To stderr, `--quiet` or not. */
  readonly problem: (text: string) => void;
  /** One line of stderr, replaced by the next text on it; only where that is a terminal. */
  readonly progress: (text: string) => void;
  /** Replaces what was shown before on a terminal; under `--json` one line. */
  readonly redraw: (value: unknown, render: (look: Look) => string) => void;
  readonly look: Look;
  readonly isTerminal: boolean;
}

export interface Look {
  readonly style: Style;
  readonly width: number;
}

/** Types a command; returns it as it is. */
export function defineCommand<Options = Record<string, never>>(command: Command<Options>): Command<Options> {
  return command;
}
