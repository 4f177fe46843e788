import { expect, test } from "vitest";
import { createStyle } from "../../src/render/color.ts";

test("colour is on or off as asked, whatever the environment says", () => {
  expect(createStyle(true).red("x")).toBe("\u001b[31mx\u001b[39m");
  expect(createStyle(false).red("x")).toBe("x");
  expect(createStyle(false).bold("x")).toBe("x");
});
