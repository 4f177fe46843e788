import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const hooksOf = (domain: string, startup = "") => ({
  [`${domain}/jobs/startup.js`]: `
    export default async function open() {
      console.error("open ${domain}");
      ${startup}
    }
  `,
  [`${domain}/jobs/shutdown.js`]: `export default async function close() { console.error("close ${domain}"); }`,
});

test("what startup files return reaches the handler, and shutdown files run in reverse after the last job", async () => {
  const project = createProject({
    broker: redis.url,
    jobs: {
      ...hooksOf(
        "accounts",
        `return { db: { name: "ledger", async [Symbol.asyncDispose]() { console.error("dispose db"); } } };`,
      ),
      ...hooksOf("billing", `return { rate: 7 };`),
      "accounts/jobs/tasks.js": `
        export async function read(_args, { state }) {
          await new Promise((resolve) => process.once("SIGUSR2", resolve));
          console.error("job ended");
          return [state.db.name, state.rate];
        }
      `,
      "billing/jobs/tasks.js": "export async function bill() {}",
    },
  });
  const { id } = await project.json("enqueue", "accounts.read");
  const worker = project.worker("--verbose");
  await worker.event("active", { id });
  worker.signal("SIGTERM");
  await worker.event("closing", { reason: "SIGTERM", active: 1 });
  worker.signal("SIGUSR2");

  expect(await worker.exited).toBe(0);
  expect(worker.stderr().trim().split("\n")).toEqual([
    "open accounts",
    "open billing",
    "job ended",
    "close billing",
    "close accounts",
    "dispose db",
  ]);
  expect(await project.json("job", "show", id)).toMatchObject({ state: "completed", result: ["ledger", 7] });
});

test("only the files of the selected queues run", async () => {
  const project = createProject({
    broker: redis.url,
    jobs: {
      ...hooksOf("accounts"),
      ...hooksOf("billing"),
      "accounts/jobs/tasks.js": "export async function read() {}",
      "billing/jobs/tasks.js": "export async function bill() {}",
    },
  });
  const worker = project.worker("--burst", "--queue", "bill*");

  expect(await worker.exited).toBe(0);
  expect(worker.stderr()).toBe("open billing\nclose billing\n");
});

test("a startup file that throws ends the worker before it takes a job, and closes what was open", async () => {
  const project = createProject({
    broker: redis.url,
    jobs: {
      ...hooksOf("accounts"),
      ...hooksOf("billing", `throw new Error("no database");`),
      "accounts/jobs/tasks.js": "export async function read() {}",
      "billing/jobs/tasks.js": "export async function bill() {}",
    },
  });
  const { id } = await project.json("enqueue", "accounts.read");
  const worker = project.worker();

  expect(await worker.exited).toBe(1);
  expect(worker.stderr()).toBe(
    [
      "open accounts",
      "open billing",
      "close accounts",
      "error: the startup of billing.startup (src/app/domain/billing/jobs/startup.js) failed: no database\n",
    ].join("\n"),
  );
  expect(worker.events).toEqual([]);
  expect(await project.json("job", "show", id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });
});

test("a shutdown file that throws is named, and the worker exits 1", async () => {
  const project = createProject({
    broker: redis.url,
    jobs: {
      "accounts/jobs/shutdown.js": `export function close() { throw new Error("stuck"); }`,
      "accounts/jobs/tasks.js": "export async function read() {}",
    },
  });
  const worker = project.worker("--burst");

  expect(await worker.exited).toBe(1);
  expect(await worker.event("hookFailed")).toMatchObject({ hook: "accounts.close", error: "stuck", level: "error" });
});

test("what startup files opened is closed when the broker refuses after that", async () => {
  const redis = await startRedis({ refusals: true });
  onTestFinished(redis.stop);
  const admin = new Redis(redis.adminUrl);
  await admin.call("ACL", "SETUSER", "limited", "on", ">enough", "~*", "&*", "+@all", "-sadd");
  admin.disconnect();
  const project = createProject({
    broker: redis.urlOf("limited:enough"),
    jobs: { ...hooksOf("accounts"), "accounts/jobs/tasks.js": "export async function read() {}" },
  });
  const worker = project.worker();

  expect(await worker.exited).toBe(3);
  expect(worker.stderr()).toMatch(/^open accounts\nclose accounts\nerror: Redis at \S+ refuses: NOPERM/);
});

test("an error that a hook leaves behind is told as the hook's, and the worker goes on", async () => {
  const project = createProject({
    broker: redis.url,
    config: `export default { hooks: { onCompleted() { void Promise.reject(new Error("forgotten")); } } };`,
    jobs: { "work/jobs/tasks.js": "export async function any() {}" },
  });
  const worker = project.worker();
  await worker.event("started");

  const { id } = await project.json("enqueue", "work.any");

  expect(await worker.event("hookFailed", { hook: "onCompleted" })).toMatchObject({
    error: expect.stringMatching(new RegExp(`^work.any ${id}: it left an error behind: forgotten \\(at `)),
  });
  const { id: next } = await project.json("enqueue", "work.any");
  await worker.event("completed", { id: next });
  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);
});
