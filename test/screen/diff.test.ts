import { expect, test } from "vitest";
import { diffLines } from "../../src/screen/diff.ts";

test("only lines that changed are written, in one piece", () => {
  expect(diffLines(["a", "b", "c"], ["a", "B", "c"])).toBe("\u001b[?2026h\u001b[2;1HB\u001b[K\u001b[?2026l");
});

test("nothing is written where nothing changed", () => expect(diffLines(["a"], ["a"])).toBe(""));

test("lines that are no longer there are erased", () => {
  expect(diffLines(["a", "b", "c"], ["a"])).toBe("\u001b[?2026h\u001b[2;1H\u001b[J\u001b[?2026l");
});
