import { expect, test } from "vitest";
import { escapeText } from "../../src/render/escape.ts";

test("plain text, accents and emoji stay as they are", () => {
  expect(escapeText("Grüße, 世界 🎉 \\n")).toBe("Grüße, 世界 🎉 \\n");
});

test.each([
  ["an escape sequence", "\u001b[31mred", "\\u001b[31mred"],
  ["a forged line", "ok\nfailed\r\tx", "ok\\nfailed\\r\\tx"],
  ["C1 and DEL", "\u009b2J\u007f\u0085", "\\u009b2J\\u007f\\u0085"],
  ["bidi", "a\u202eb\u2066c\u200fd\u061c", "a\\u202eb\\u2066c\\u200fd\\u061c"],
  ["line separators", "a\u2028b\u2029", "a\\u2028b\\u2029"],
  ["NUL and BEL", "\u0000\u0007", "\\u0000\\u0007"],
])("%s is escaped", (_what, text, expected) => {
  expect(escapeText(text)).toBe(expected);
});

test("a long text is cut, and no emoji in half", () => {
  expect(escapeText("a".repeat(2_001))).toBe(`${"a".repeat(1_999)}…`);
  expect(escapeText(`${"a".repeat(1_998)}🎉🎉`)).toBe(`${"a".repeat(1_998)}…`);
  expect(escapeText("a".repeat(2_000))).toHaveLength(2_000);
});
