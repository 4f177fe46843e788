import { expect, test } from "vitest";
import { renderUnattended } from "../../../src/render/worker/unattended.ts";
import { colored, plain } from "../style.ts";

test("queues without a worker are one line, in red, and none is no line", () => {
  expect(renderUnattended(["mail", "a\u009b"], plain)).toEqual(["no live worker takes from mail, a\\u009b"]);
  expect(renderUnattended(["mail"], colored)).toEqual(["\u001b[31mno live worker takes from mail\u001b[39m"]);
  expect(renderUnattended([], plain)).toEqual([]);
});
