import { expect, test } from "vitest";
import { type FollowOptions, followLog, newLines, readLog } from "../../src/inspect/job-log.ts";
import { testRedis } from "../helpers/redis.ts";
import { type App, gate, setup } from "../helpers/setup.ts";

const { url } = await testRedis();

function follow(app: App, id: string, options: Partial<FollowOptions> = {}) {
  const lines: string[] = [];
  const signal = new AbortController().signal;
  const onLine = (line: string) => void lines.push(line);
  return { lines, ended: followLog(app.broker, id, { queue: undefined, signal, onLine, ...options }) };
}

test("a log is followed from before the job begins until it has ended, each line once and the last one too", async () => {
  const go = gate();
  const talk = async (_args: object, { log }: { log: { info: (line: string) => void } }) => {
    log.info("one");
    await go.opened;
    log.info("two");
    log.info("three");
  };
  await using app = await setup({ url, jobs: { talk: talk as never } });
  const { id } = await app.enqueue("talk");
  const { lines, ended } = follow(app, id);
  await app.start();
  await expect.poll(() => lines.length).toBe(1);
  go.open();

  expect(await ended).toMatchObject({ state: "completed" });
  expect(lines).toEqual([
    expect.stringContaining("one"),
    expect.stringContaining("two"),
    expect.stringContaining("three"),
  ]);
  expect(await readLog(app.broker, id, undefined)).toEqual(lines);
  await expect(readLog(app.broker, "nobody", undefined)).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("a job that has ended is followed to its end at once, and a signal ends it before", async () => {
  await using app = await setup({ url, jobs: { bad: () => Promise.reject(new Error("no")) } });
  const { id: delayed } = await app.enqueue("bad", {}, { delay: "1h" });
  const abort = new AbortController();
  const waiting = follow(app, delayed, { signal: abort.signal });
  abort.abort();
  expect(await waiting.ended).toBeUndefined();

  await app.start();
  const { id } = await app.enqueue("bad");
  await app.event("failed");
  expect(await follow(app, id).ended).toMatchObject({ state: "failed", reason: "no" });
});

test("of a log that is full, the new lines are those after the end of what was there", () => {
  expect(newLines(["a", "b", "c"], ["a", "b", "c"], 0)).toEqual([]);
  expect(newLines(["a", "b", "c"], ["b", "c", "d"], 0)).toEqual(["d"]);
  expect(newLines(["a", "b", "c"], ["x", "y", "z"], 0)).toEqual(["x", "y", "z"]);
  expect(newLines(["a", "b"], ["a", "b", "c", "d"], 2)).toEqual(["c", "d"]);
  // It has become full in between: it grew by one, and three are new.
  expect(newLines(["a", "b", "c"], ["c", "d", "e", "f"], 1)).toEqual(["d", "e", "f"]);
  expect(newLines(["x", "x"], ["x", "x", "x"], 1)).toEqual(["x"]);
  expect(newLines(["a", "b", "c"], ["d"], -2)).toEqual(["d"]);
});
