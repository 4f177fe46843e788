import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";
import { onTerminal } from "../helpers/terminal.ts";

const redis = await testRedis();
const project = createProject({
  broker: redis.url,
  jobs: { "shop/jobs/tasks.js": "export async function any() {}" },
});
const place = { cwd: project.root, broker: redis.url, prefix: project.prefix };

test("stats --watch draws in place, and Ctrl-C leaves the terminal as it was", async () => {
  await project.json("enqueue", "shop.any");
  const watching = onTerminal(["stats", "--watch"], place);
  await watching.shows(/shop +0 +1 /);
  await project.json("enqueue", "shop.any");
  await watching.shows(/shop +0 +2 /);
  watching.type("\u0003");

  expect(await watching.exited).toBe(0);
  const [before, ...frames] = watching.text().split("\u001b[?2026h\u001b[H");
  expect(before).toBe("\u001b[?1049h\u001b[?25l\u001b[?7l");
  expect(frames.length).toBeGreaterThanOrEqual(2);
  // No line is cleared before it is written.
  expect(frames[0]!.replaceAll("\u001b", "^")).toMatch(/^\S*QUEUE.*\^\[K\r+\n.*shop.*\^\[K\^\[J\^\[\?2026l$/s);
  expect(watching.text().endsWith("\u001b[?7h\u001b[?25h\u001b[?1049l")).toBe(true);
});

test("what does not fit the rows is counted", async () => {
  const admin = new Redis(redis.adminUrl);
  await admin.sadd(`${project.prefix}:taskq:queues`, "a", "b", "c", "d", "e", "f");
  admin.disconnect();
  const watching = onTerminal(["stats", "--watch"], { ...place, rows: 4 });
  await watching.shows(/b .*… 6 lines more/s);
  watching.type("\u0003");
  expect(await watching.exited).toBe(0);
});

test("on a terminal that cannot move its cursor one text follows the other", async () => {
  const watching = onTerminal(["stats", "--watch"], { ...place, env: { TERM: "dumb" } });
  await watching.shows(/QUEUE/);
  await watching.shows(/QUEUE/);
  watching.type("\u0003");

  expect(await watching.exited).toBe(0);
  expect(watching.text()).not.toContain("\u001b");
});
