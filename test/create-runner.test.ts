import { once } from "node:events";
import { expect, test } from "vitest";
import type { Logger } from "../src/definition/logger.ts";
import { createClient, createRunner, type RunnerOptions } from "../src/index.ts";
import { createProject } from "./helpers/cli.ts";
import { testPrefix, testRedis } from "./helpers/redis.ts";

const { url } = await testRedis();

const shop = () =>
  createProject({
    config: `export default { app: "shop", prefix: "${testPrefix()}", broker: "${url}", blockedLoopCap: 0 };`,
    jobs: {
      "mail/jobs/startup.js": `export default () => ({ greeting: "hello" });`,
      "mail/jobs/shutdown.js": `export default () => void process.emit("taskq-test-shutdown");`,
      "mail/jobs/tasks.js": `
        export async function send({ to }, { state }) { return state.greeting + " " + to; }
        export async function bounce() { throw new Error("no such box"); }`,
      "reports/jobs/tasks.js": "export async function render() {}",
    },
  });

/** Collects what is logged; `seen` resolves when an event of this type is. */
function createTestLogger() {
  const events: { type: string; [field: string]: unknown }[] = [];
  const listeners = new Set<() => void>();
  const method = (event: object | string) => {
    events.push(event as (typeof events)[number]);
    for (const look of listeners) look();
  };
  const logger = { debug: method, info: method, warn: method, error: method } as Logger;
  const seen = (type: string) =>
    new Promise<(typeof events)[number]>((resolve) => {
      const look = () => {
        const found = events.find((event) => event.type === type);
        if (found) resolve(found);
      };
      listeners.add(look);
      look();
    });
  return { logger, seen, events };
}

const listeners = () =>
  (["SIGTERM", "SIGINT", "SIGHUP", "uncaughtException", "unhandledRejection"] as const).map((name) =>
    process.listenerCount(name),
  );

test("the workers run inside this process, without handlers of signals or of errors, and close", async () => {
  const { root } = shop();
  const { logger, seen } = createTestLogger();
  await using client = await createClient({ cwd: root });
  const before = listeners();
  const runner = await createRunner({ cwd: root, logger, concurrency: 3, name: "inside" });

  expect(runner.state()).toBe("running");
  expect(listeners()).toEqual(before);
  expect(await seen("started")).toMatchObject({ runner: "inside", queues: ["mail", "reports"], concurrency: 6 });
  const { id } = await client.enqueue("mail.send", { to: "Ann" });
  expect(await seen("completed")).toMatchObject({ id });

  const shut = once(process, "taskq-test-shutdown");
  const closing = runner.close();
  expect(runner.state()).toBe("closing");
  await closing;
  await shut;
  expect(runner.state()).toBe("closed");
  expect(await runner.ended).toBe(true);
});

test("only the queues that are named are taken from, and a name that fits none is refused", async () => {
  const { root } = shop();
  const { logger, seen } = createTestLogger();
  const start = (options: RunnerOptions) => createRunner({ cwd: root, logger, ...options });

  await using _runner = await start({ queues: ["rep*"] });
  expect(await seen("started")).toMatchObject({ queues: ["reports"] });
  const mistyped = { code: "QUEUE_NOT_FOUND", message: "no queue fits reprots", hint: "Did you mean reports?" };
  await expect(start({ queues: ["mail", "reprots"] })).rejects.toMatchObject(mistyped);
  await expect(start({ shareQueues: ["reprots"] })).rejects.toMatchObject(mistyped);
  await expect(start({ concurrency: 0 })).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});

test("without a logger, what is wrong becomes a warning of the process", async () => {
  const { root } = shop();
  await using client = await createClient({ cwd: root });
  await using _runner = await createRunner({ cwd: root });
  const warned = once(process, "warning");

  const { id } = await client.enqueue("mail.bounce", {});

  const [warning] = (await warned) as [Error];
  expect(warning.name).toBe("TaskqWarning");
  expect(warning.message).toContain(`mail.bounce id=${id}`);
});
