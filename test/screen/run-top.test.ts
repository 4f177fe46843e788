import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { runTop } from "../../src/screen/run-top.ts";
import type { ScreenView } from "../../src/screen/view.ts";
import { testRedis } from "../helpers/redis.ts";
import { setup } from "../helpers/setup.ts";

const redis = await testRedis();

test("what a key asks for during a reading is read right after it", async () => {
  await using app = await setup({ url: redis.url, jobs: { any: async () => {} } });
  await app.enqueue("any");
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
  const shown = (list: string) => expect.poll(() => views.at(-1), { timeout: 20_000 }).toMatchObject({ list });
  await shown("queues");

  redis.freeze();
  try {
    stdin.write("2");
    await shown("active");
    stdin.write("4");
    await shown("schedules");
  } finally {
    redis.thaw();
  }

  await expect.poll(() => views.at(-1)!.total, { timeout: 20_000 }).toBe(0);
  leave.abort();
  await top;
});
