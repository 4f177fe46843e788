import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { ask } from "../../../src/commands/program/ask.ts";

/** The two ends of a terminal, as the process has them. */
function terminal(isTTY = true) {
  const stdin = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.ReadStream & PassThrough;
  const stderr = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream & PassThrough;
  return { stdin, stderr, put: (text: string) => ask(text, "--yes", stdin, stderr) };
}

test("a question stands on stderr, and its answer is the line that is typed", async () => {
  const { stdin, stderr, put } = terminal();
  const shown: unknown[] = [];
  stderr.on("data", (chunk) => shown.push(chunk));
  const answer = put("really? [y/N] ");
  stdin.write(" y \r");
  expect(await answer).toBe("y");
  await expect.poll(() => shown.join("")).toContain("really? [y/N] ");
});

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])("%s is no answer", async (_name, key) => {
  const { stdin, put } = terminal();
  const answer = put("really? ");
  stdin.write(key);
  expect(await answer).toBe("");
});

test("without a terminal there is nobody to ask, and the flag that answers is named", () => {
  const { put } = terminal(false);
  expect(() => put("retry 3 jobs?")).toThrow(
    expect.objectContaining({ code: "USAGE", hint: "Add `--yes`.", message: expect.stringContaining("retry 3 jobs?") }),
  );
});
