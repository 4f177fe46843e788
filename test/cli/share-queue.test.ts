import { Worker } from "bullmq";
import { afterAll, expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const project = createProject({
  broker: redis.url,
  jobs: {
    "mail/jobs/tasks.js": "export async function send() {}",
    "billing/jobs/tasks.js": "export async function charge() {}",
    "mail/jobs/startup.js": `export async function open() { console.error("opened"); }`,
  },
});
const others = new Worker("mail", async () => {}, { connection: { url: redis.adminUrl }, prefix: project.prefix });
afterAll(() => others.close());
await others.waitUntilReady();

test("a worker does not start on a queue that another program works on", async () => {
  const { stdout, stderr, code } = await project.taskq("run-worker");

  expect({ stdout, stderr: stderr.replace(/:\d+$/m, ":<port>"), code }).toEqual({
    stdout: "",
    stderr: [
      "error: the queue mail has a live worker that is not taskq's, from 127.0.0.1:<port>",
      "hint: Use another queue or prefix, or share it with `--share-queue mail`.\n",
    ].join("\n"),
    code: 3,
  });
});

test.each([
  ["when it is shared", ["--share-queue", "ma*"]],
  ["when it works on other queues alone", ["--queue", "billing"]],
])("it starts %s", async (_when, words) => {
  const worker = project.worker(...words);
  await worker.event("started");
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(0);
});
