import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { unreadable } from "../args/file.ts";

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Cut after `longest` characters. */
  readonly text: string;
}

/** The lines of a file or of standard input, read as they are wanted. Empty ones are passed over. */
export interface LineSource {
  readonly lines: AsyncIterable<Line>;
  /** Of the last line that was read. */
  readonly lastNumber: () => number;
  /** Why the reading ended early, where it did. */
  readonly failure: () => Error | undefined;
}

export interface SourceOptions {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  readonly longest: number;
}

/** Opens `path`, or standard input for `-`. Throws USAGE where it cannot. */
export async function openLines(path: string, stdin: Readable, options: SourceOptions): Promise<LineSource> {
  const stream = addAbortSignal(options.signal, path === "-" ? stdin : await openFile(path)).setEncoding("utf8");
  let number = 0;
  let failure: Error | undefined;

  async function* read(): AsyncGenerator<Line> {
    try {
      for await (const text of split(stream, options.longest)) {
        number++;
        if (text.trim() !== "") yield { number, text };
      }
    } catch (error) {
      if (!options.signal.aborted) failure = unreadable(path, error);
    }
  }

  return { lines: read(), lastNumber: () => number, failure: () => failure };
}

async function openFile(path: string): Promise<Readable> {
  try {
    return (await open(path)).createReadStream();
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* split(stream: AsyncIterable<string>, longest: number): AsyncGenerator<string> {
  let rest = "";
  let isFirst = true;
  for await (const chunk of stream) {
    const lines = (isFirst ? chunk.replace(/^\uFEFF/, "") : chunk).split("\n"); // editors of Windows begin a file with it
    isFirst = false;
    lines[0] = rest + lines[0];
    rest = lines.pop()!.slice(0, longest + 1);
    yield* lines;
  }
  if (rest !== "") yield rest;
}
