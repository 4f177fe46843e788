import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isGone, readResidence } from "../../src/runner/residence.ts";

const here = readResidence();

test.skipIf(process.platform !== "linux")("a process that lives is not gone, one that has ended is", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  expect(isGone(here!, here)).toBe(false);
  expect(isGone({ ...here!, pid: child.pid!, startTicks: "0" }, here), "its pid is another's now").toBe(true);

  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isGone({ ...here!, pid: child.pid! }, here)).toBe(true);
});

test.skipIf(process.platform !== "linux")("of a process that cannot be seen from here nothing is certain", () => {
  const ended = { ...here!, pid: 2 ** 22, startTicks: "1" };
  expect(isGone(ended, here)).toBe(true);
  expect(isGone({ ...ended, bootId: "another machine" }, here)).toBe(false);
  expect(isGone({ ...ended, pidNamespace: "pid:[1]" }, here)).toBe(false);
  expect(isGone(null, here)).toBe(false);
  expect(isGone(ended, undefined)).toBe(false);
});
