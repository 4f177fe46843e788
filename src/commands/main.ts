import { exitCodes, TaskqError } from "../errors.ts";
import { version } from "../service/version.ts";
import { createContext } from "./context.ts";
import { parse } from "./program.ts";
import { createTerminal } from "./terminal.ts";

export interface Streams {
  readonly cwd: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
}

/** Words in, exit code out. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  const print = (text: string) => void streams.stdout.write(text);
  let verbose = argv.includes("--verbose");

  try {
    const invocation = await parse(argv.length === 0 ? ["--help"] : argv, version, print);
    if (!invocation) return 0;
    verbose = invocation.options.verbose === true;
    const context = createContext({ ...streams, flags: invocation.options });
    try {
      return await invocation.command.run(context, invocation.args, invocation.options);
    } finally {
      await context.close();
    }
  } catch (error) {
    const { look } = createTerminal(
      streams.stderr,
      argv.includes("--no-color") ? false : argv.includes("--color") || undefined,
    );
    const { renderBug, renderError } = await import("../render/error.ts");
    const known = error instanceof TaskqError;
    streams.stderr.write(`${known ? renderError(error, look.style, verbose) : renderBug(error, look.style)}\n`);
    return known ? exitCodes[error.code] : 70;
  }
}
