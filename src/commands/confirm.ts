import { createInterface } from "node:readline";
import { TaskqError } from "../errors.ts";
import type { Output } from "./command.ts";

/** Asks a yes-or-no question on a terminal. Where nobody can answer it is a USAGE error. */
export async function confirm(question: string, stdin: NodeJS.ReadStream, output: Output): Promise<boolean> {
  if (!stdin.isTTY) {
    throw new TaskqError("USAGE", `nobody is there to answer: ${question}`, { hint: "Say --yes." });
  }
  output.problem(`${question} [y/N]`);
  const lines = createInterface({ input: stdin });
  try {
    for await (const line of lines) return /^\s*y(?:es)?\s*$/i.test(line);
    return false;
  } finally {
    lines.close();
  }
}
