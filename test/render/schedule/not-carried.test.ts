import { expect, test } from "vitest";
import { renderNotCarried } from "../../../src/render/schedule/not-carried.ts";

test("what a crontab says and no schedule can is listed with its line and the reason", () => {
  expect(renderNotCarried([{ line: 4, text: "@reboot \u001bx", reason: "why not" }])).toBe(
    "not carried over:\n  line 4: @reboot \\u001bx\n    why not",
  );
});
