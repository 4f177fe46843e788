import { Command } from "ioredis";
import { expect, test } from "vitest";
import { ScriptCall } from "../../../src/broker/worker/script-call.ts";

const script = { sha: "6b1bf486c81ceb7edf3c093f4c48582e38c0e791", numberOfKeys: 2 };

test.each([
  ["words", ["bull:work:wait", "bull:work:1"]],
  ["no characters of ASCII", ["bull:wörk:wait", '"Grüße 😀 ÿ"', "\r\n"]],
  ["numbers and truths", [0, 1.5, 1_700_000_000_000, true]],
  ["bytes", [Buffer.from([0x8b, 0xa5, 0x00, 0xff, 0x0d, 0x0a]), "end"]],
  ["nothing", ["", undefined, Buffer.alloc(0)]],
  ["no arguments", []],
])("says what ioredis says: %s", (_what, args) => {
  const theirs = new Command("evalsha", [script.sha, script.numberOfKeys, ...args] as string[], {
    replyEncoding: "utf8",
  });

  const ours = new ScriptCall(script, args);

  expect(ours.toWritable()).toEqual(Buffer.from(theirs.toWritable({})));
});
