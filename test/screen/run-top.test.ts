import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { runTop } from "../../src/screen/run-top.ts";
import type { ScreenView } from "../../src/screen/view.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const redis = await testRedis();

/** The screen of an app, shown nowhere: keys go in, views come out. */
function openTop(app: Awaited<ReturnType<typeof setup>>) {
  const stdin = Object.assign(new PassThrough(), { setRawMode: () => {} });
  const views: ScreenView[] = [];
  const leave = new AbortController();
  const top = runTop({
    broker: app.broker,
    config: app.config,
    patterns: [],
    redact: [],
    by: "ada",
    stdin: stdin as never,
    stdout: new PassThrough().resume() as never,
    nowMs: Date.now,
    everyMs: 3_600_000, // nothing is read unless a key asks for it
    signal: leave.signal,
    atEnd: () => {},
    render(view) {
      views.push(view);
      return { lines: [], lastOffset: 0 };
    },
  });
  return {
    press: (keys: string) => void stdin.write(keys),
    shows: (like: object) => expect.poll(() => views.at(-1)).toMatchObject(like),
    async leave() {
      leave.abort();
      await top;
    },
  };
}

test("what a key asks for during a reading is read right after it", async () => {
  await using app = await setup({ url: redis.url, jobs: { any: async () => {} } });
  await app.enqueue("any");
  const top = openTop(app);
  await top.shows({ list: "queues" });

  redis.freeze();
  try {
    top.press("2");
    await top.shows({ list: "active" });
    top.press("4");
    await top.shows({ list: "schedules" });
  } finally {
    redis.thaw();
  }

  await top.shows({ total: 0 });
  await top.leave();
});

test("what is typed while an order is carried out is kept, and stays a filter's text", async () => {
  await using app = await setup({ url: redis.url, jobs: { any: async () => {} } });
  await app.enqueue("any");
  const top = openTop(app);
  await top.shows({ list: "queues", total: 1 });

  redis.freeze();
  try {
    top.press("p");
    await top.shows({ status: { kind: "doing" } });
    top.press("/an");
    await top.shows({ isTyping: true, filter: "an" });
  } finally {
    redis.thaw();
  }

  await top.shows({ status: { kind: "done" }, isTyping: true, filter: "an" });
  await top.leave();
});
