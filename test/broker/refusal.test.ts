import { expect, test } from "vitest";
import { refusalOf, untilAccepted } from "../../src/broker/refusal.ts";

test.each([
  ["READONLY You can't write against a read only replica.", "READONLY You can't write against a read only replica."],
  [
    "OOM command not allowed when used memory > 'maxmemory'. script: 1a2b, on @user_script:1.",
    "OOM command not allowed when used memory > 'maxmemory'",
  ],
  ["ERR Error running script (call to f_1): @user_script:9: -READONLY no", "READONLY no"],
])("a refusal is told from other errors: %s", (message, reason) => {
  expect(refusalOf(new Error(message))).toBe(reason);
});

test.each([new Error("Missing lock for job 1. moveToFinished"), new Error("ROOM full"), "OOM", undefined])(
  "what is no refusal is none: %s",
  (error) => expect(refusalOf(error)).toBeUndefined(),
);

test("what is refused is asked again until it is accepted, and other errors are the caller's", async () => {
  const reasons: string[] = [];
  let asked = 0;
  const answer = await untilAccepted(
    async () => {
      if (++asked < 2) throw new Error("LOADING Redis is loading the dataset in memory");
      return "yes";
    },
    (reason) => reasons.push(reason),
  );

  expect([answer, asked, reasons]).toEqual(["yes", 2, ["LOADING Redis is loading the dataset in memory"]]);
  await expect(untilAccepted(async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});
