import { expect, test } from "vitest";
import { parseKeys } from "../../src/screen/keys.ts";

const names = (input: string, isAll = false) => parseKeys(input, isAll).keys.map(({ name, text }) => text || name);

test("arrows, pages, tabs and letters are told apart, however many come together", () => {
  expect(names("\u001b[A\u001bOBj\u001b[5~\u001b[6~\t\u001b[Z\r\u007f")).toEqual([
    "up",
    "down",
    "j",
    "pageUp",
    "pageDown",
    "tab",
    "backTab",
    "enter",
    "backspace",
  ]);
  expect(names("\u0003\u001a\u000c")).toEqual(["interrupt", "suspend", "redraw"]);
  expect(names("ü👍")).toEqual(["ü", "👍"]);
});

test("a sequence that comes in two pieces is one key", () => {
  const { keys, rest } = parseKeys("j\u001b");
  expect(keys).toHaveLength(1);
  expect(rest).toBe("\u001b");
  expect(names(`${rest}[A`)).toEqual(["up"]);
  expect(parseKeys("\u001b[").rest).toBe("\u001b[");
});

test("an escape that nothing follows is the escape key", () => {
  expect(names("\u001b", true)).toEqual(["escape"]);
  expect(names("\u001b\u001b[A", true)).toEqual(["escape", "up"]);
});

test("what has no meaning here is passed over as a whole: none of its letters is a key", () => {
  expect(names("\u001b[15~\u001b[1;5C\u001b[<0;10;10M\u001bOPx\u001bqj\u0007")).toEqual(["x", "j"]);
});

test("a pasted text is one paste, not so many keys", () => {
  expect(parseKeys("\u001b[200~Xy\u001b[201~j").keys).toEqual([
    { name: "paste", text: "Xy" },
    { name: "text", text: "j" },
  ]);
  expect(parseKeys("\u001b[200~Xy")).toEqual({ keys: [], rest: "\u001b[200~Xy" });
  expect(parseKeys("\u001b[200~Xy", true).keys).toEqual([{ name: "paste", text: "Xy" }]);
});
