import { createInterface } from "node:readline";
import { TaskqError } from "../../errors.ts";

/** One question to whoever is at the terminal; Ctrl-C and the end of the input are an empty answer. */
export function ask(
  question: string,
  flag: string,
  stdin: NodeJS.ReadStream,
  stderr: NodeJS.WriteStream,
): Promise<string> {
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new TaskqError(
      "USAGE",
      `this asks first, and there is no terminal to ask at: ${question.split("\n")[0]!.trim()}`,
      {
        hint: `Add \`${flag}\`.`,
      },
    );
  }
  return new Promise((resolve) => {
    const lines = createInterface({ input: stdin, output: stderr });
    const settle = (answer: string) => {
      resolve(answer);
      lines.close();
    };
    lines.once("SIGINT", () => {
      stderr.write("\n");
      settle("");
    });
    lines.once("close", () => resolve(""));
    lines.question(question, (answer) => settle(answer.trim()));
  });
}
