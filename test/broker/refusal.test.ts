import { expect, test } from "vitest";
import { refusalOf, untilAccepted } from "../../src/broker/refusal.ts";

test.each([
  ["READONLY You can't write against a read only replica.", "READONLY You can't write against a read only replica."],
  [
    "OOM command not allowed when used memory > 'maxmemory'. script: 1a2b, on @user_script:1.",
    "OOM command not allowed when used memory > 'maxmemory'",
  ],
  ["ERR Error running script (call to f_1): @user_script:9: -READONLY no", "READONLY no"],
  ["ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -READONLY no", "READONLY no"],
  ["ERR The user executing the script can't run this command", "The user executing the script can't run this command"],
  ["EXECABORT Transaction discarded because of: OOM command not allowed.", "OOM command not allowed."],
  ["Redis at redis://127.0.0.1:6379 refuses: BUSY Redis is busy", "BUSY Redis is busy"],
  ["Failed to add repeatable job for next iteration: LOADING Redis is loading", "LOADING Redis is loading"],
])("a refusal is told from other errors: %s", (message, reason) => {
  expect(refusalOf(new Error(message))).toBe(reason);
});

test.each([
  new Error("Missing lock for job 1. moveToFinished"),
  new Error("Missing lock for job t-is-BUSY. moveToFinished"),
  new Error("Missing key for job OOM command. getState"),
  new Error('no job has the id "BUSY" in OOM'),
  new Error("ROOM full"),
  new Error("OOMs"),
  "OOM",
  undefined,
])("what is no refusal is none: %s", (error) => expect(refusalOf(error)).toBeUndefined());

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
