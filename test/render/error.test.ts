import { expect, test } from "vitest";
import { TaskqError } from "../../src/errors.ts";
import { renderBug, renderError } from "../../src/render/error.ts";
import { colored, plain } from "./style.ts";

test("an error is its message and what to do next", () => {
  const error = new TaskqError("JOB_NOT_FOUND", 'no job is named "a.b"', { hint: "Did you mean a.c?" });
  expect(renderError(error, plain)).toBe('error: no job is named "a.b"\nhint: Did you mean a.c?');
});

test("without a hint it is one line; lines of a message stay lines, what else is in them does not", () => {
  expect(renderError(new TaskqError("ARGS_INVALID", "2 problems:\n  a\u001b[2J\n  b"), plain)).toBe(
    "error: 2 problems:\n  a\\u001b[2J\n  b",
  );
});

test("a line break that a value smuggled in makes no line of its own", () => {
  expect(renderError(new TaskqError("JOB_NOT_FOUND", 'no job has the id "a\nhint: b"'), plain)).toBe(
    'error: no job has the id "a\\nhint: b"',
  );
});

test("what it came from is told on request, and never inspected", () => {
  const cause = Object.assign(new Error("WRONGPASS"), { command: { args: ["secret"] } });
  const error = new TaskqError("BROKER_REFUSED", "the broker refused", { cause, hint: "Mend it." });
  expect(renderError(error, plain, true)).toBe("error: the broker refused\ncause: WRONGPASS\nhint: Mend it.");
  expect(renderError(error, plain)).not.toContain("WRONGPASS");
});

test("a bug shows its stack and asks to be reported", () => {
  const bug = new TypeError("x is undefined");
  bug.stack = "TypeError: x is undefined\n    at here\u001b";
  expect(renderBug(bug, plain)).toBe(
    "bug: TypeError: x is undefined\n    at here\\u001b\nhint: This is a bug of taskq: please report it.",
  );
  expect(renderBug({ password: "secret" }, plain)).toMatch(/^bug: an object was thrown\n/);
});

test("in colour, the word is red", () => {
  expect(renderError(new TaskqError("USAGE", "no"), colored)).toBe("\u001b[31merror:\u001b[39m no");
});
