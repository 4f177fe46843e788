import { expect, test } from "vitest";
import { asciiJson } from "../../src/serve/ascii-json.ts";

test("whatever is no printable ASCII is escaped, and reads back as it was", () => {
  const value = { id: "a\u001b[2J\n\u007f\u009b\u202e\u2028é😀", "\u200f": [1, null] };
  const json = asciiJson(value);

  expect(json).toMatch(/^[\n -~]*$/);
  expect(JSON.parse(json)).toEqual(value);
});

test("a long text is cut", () => {
  expect(JSON.parse(asciiJson({ id: "x".repeat(5_000) })).id).toBe(`${"x".repeat(1_999)}…`);
});
