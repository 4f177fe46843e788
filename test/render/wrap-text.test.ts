import { expect, test } from "vitest";
import { wrapText } from "../../src/render/wrap-text.ts";

test("a text is broken at its spaces; its first line may be shorter", () => {
  expect(wrapText("one two three four", 9)).toEqual(["one two", "three", "four"]);
  expect(wrapText("one two three four", 9, 4)).toEqual(["one", "two three", "four"]);
  expect(wrapText("short", 9)).toEqual(["short"]);
  expect(wrapText("", 9)).toEqual([""]);
});

test("a word that is too long stays whole, and wide characters count twice", () => {
  expect(wrapText("a --broker=redis://somewhere b", 10)).toEqual(["a", "--broker=redis://somewhere", "b"]);
  expect(wrapText("日本 語", 5)).toEqual(["日本", "語"]);
});
