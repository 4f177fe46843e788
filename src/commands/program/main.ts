import { maskSecrets } from "../../definition/mask-url.ts";
import { exitCodes, TaskqError } from "../../errors.ts";
import { version } from "../../service/version.ts";
import { parse } from "./program.ts";
import { orUncaught } from "./uncaught.ts";

export interface Streams {
  readonly cwd: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
}

/** Words in, exit code out. What help needs is imported above, all else when a command runs. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  const print = (text: string) => void streams.stdout.write(text);

  try {
    const invocation = await parse(argv.length === 0 ? ["--help"] : argv, version, print);
    if (!invocation) return 0;
    const { createContext } = await import("./context.ts");
    const context = createContext({ ...streams, flags: invocation.options });
    try {
      return await orUncaught(() => invocation.command.run(context, invocation.args, invocation.options));
    } finally {
      await context.close();
    }
  } catch (error) {
    return report(error, argv, streams);
  }
}

async function report(error: unknown, argv: readonly string[], { stderr }: Streams): Promise<number> {
  const [{ createTerminal }, { renderBug, renderError }] = await Promise.all([
    import("./terminal.ts"),
    import("../../render/error.ts"),
  ]);
  // The words themselves: a command line that was not understood has no flags yet.
  const color = argv.includes("--no-color") ? false : argv.includes("--color") || undefined;
  const { style } = createTerminal(stderr, color).look;
  const known = error instanceof TaskqError;
  const text = known ? renderError(error, style, argv.includes("--verbose")) : renderBug(error, style);
  stderr.write(`${maskSecrets(text)}\n`); // a file of the project may have thrown an error that quotes the broker's URL
  return known ? exitCodes[error.code] : 70;
}
