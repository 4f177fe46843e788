import { expect, test } from "vitest";
import { cutText, textWidth } from "../../src/render/text-width.ts";

test("wide characters take two cells, combining ones none", () => {
  expect(textWidth("abc")).toBe(3);
  expect(textWidth("世界")).toBe(4);
  expect(textWidth("e\u0301")).toBe(1);
  expect(textWidth("🎉")).toBe(2);
});

test("a text that is too wide ends in an ellipsis", () => {
  expect(cutText("abcdef", 6)).toBe("abcdef");
  expect(cutText("abcdefg", 6)).toBe("abcde…");
  expect(cutText("世界世界", 4)).toBe("世…");
});
