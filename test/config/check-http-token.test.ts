import { expect, test } from "vitest";
import { checkHttpToken } from "../../src/config/check-http-token.ts";

test("a token of 16 characters is right", () => {
  expect(checkHttpToken("0123456789abcdef", "httpToken")).toEqual([]);
});

test.each([
  ["hunter2"],
  ["with a space in it!"],
  ["sixteen-or-more\n-"],
  ["schlüssel-für-alle"],
  [12345678901234567890n],
])("%s is none, and is not quoted", (token) => {
  expect(checkHttpToken(token, "TASKQ_HTTP_TOKEN")).toEqual([
    "TASKQ_HTTP_TOKEN must be 16 or more letters, digits and signs, without a space (it is not quoted here)",
  ]);
});
