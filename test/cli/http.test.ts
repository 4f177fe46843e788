import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createProject, type Project, taskq, type WorkerProcess } from "../helpers/cli.ts";
import { ask, samplesOf } from "../helpers/http.ts";
import { freePort, startRedis, testPassword, testRedis } from "../helpers/redis.ts";
import { findSecret } from "../helpers/secret.ts";

const redis = await testRedis();
const token = "a-token-of-the-test";
const limit = { interval: 50 };

const tasks = `
import { createRequire } from "node:module";
/** Ends when the test says so. */
export async function wait() { await new Promise((resolve) => process.once("SIGUSR2", resolve)); }
export async function pass() {}
export async function fail() { throw new Error("no such luck"); }
export async function imported() {
  return Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes("/prom-client/"));
}
`;

const create = (config: object = {}, jobs = {}, broker = redis.url): Project =>
  createProject({
    broker,
    config: `export default ${JSON.stringify(config)};`,
    jobs: { "shop/jobs/tasks.js": tasks, ...jobs },
  });
const addressOf = async (worker: WorkerProcess) => (await worker.event("started")).http as string;
const probe = (address: string, path: string) =>
  ask(address, path).then(
    ({ status, body }) => `${status} ${body.trim()}`,
    () => "nobody listens",
  );

test("probes tell of the start, of the work and of the end", async () => {
  const address = `http://127.0.0.1:${await freePort()}`;
  const project = create({}, { "shop/jobs/startup.js": "export default async () => { await globalThis.mayStart; };" });
  // The config is imported before anything listens, so a signal that follows the first answer is heard.
  writeFileSync(
    join(project.root, "taskq.config.js"),
    `globalThis.mayStart = new Promise((resolve) => process.once("SIGUSR2", resolve)); export default {};`,
  );
  const { id } = await project.json("enqueue", "shop.wait");
  const worker = project.worker("--verbose", "--http", address.slice("http://".length));
  await expect.poll(() => probe(address, "/livez"), limit).toBe("200 ok");
  expect(await probe(address, "/readyz")).toBe("503 starting");
  const status = async () => JSON.parse((await ask(address, "/status")).body);
  await expect.poll(status, limit).toMatchObject({ state: "starting", broker: { up: true } });

  worker.signal("SIGUSR2");
  expect(await addressOf(worker)).toBe(address);
  expect(await probe(address, "/readyz")).toBe("200 ok");

  await worker.event("active", { id });
  worker.signal("SIGTERM");
  await worker.event("closing");
  expect(await probe(address, "/livez")).toBe("200 ok");
  expect(await probe(address, "/readyz")).toBe("503 closing");

  worker.signal("SIGUSR2");
  expect(await worker.exited).toBe(0);
  expect(await probe(address, "/livez")).toBe("nobody listens");
});

test.each(["killed", "frozen"])(
  "a broker that was %s makes a worker unready, and its return ready again",
  async (how) => {
    const own = await startRedis();
    try {
      const worker = create({}, {}, own.url).worker("--http", "0");
      const address = await addressOf(worker);
      expect(await probe(address, "/readyz")).toBe("200 ok");

      if (how === "killed") await own.kill();
      else own.freeze();
      const lostMs = performance.now();
      await expect.poll(() => probe(address, "/readyz"), limit).toBe("503 broker is not answering");
      expect(performance.now() - lostMs).toBeLessThan(45_000);
      expect(await probe(address, "/livez")).toBe("200 ok");
      expect(samplesOf((await ask(address, "/metrics")).body)).toMatchObject({ taskq_broker_up: 0 });

      if (how === "killed") await own.restart();
      else own.thaw();
      await expect.poll(() => probe(address, "/readyz"), limit).toBe("200 ok");
      expect(samplesOf((await ask(address, "/metrics")).body)).toMatchObject({ taskq_broker_up: 1 });
      worker.signal("SIGTERM");
      expect(await worker.exited).toBe(0);
    } finally {
      own.thaw();
      await own.stop();
    }
  },
);

test("metrics count what has completed and what has failed", async () => {
  const project = create({ http: 0 });
  const worker = project.worker();
  const address = await addressOf(worker);
  await project.json("enqueue", "shop.pass");
  await project.json("enqueue", "shop.fail");
  await worker.event("completed");
  await worker.event("failed");

  expect(samplesOf((await ask(address, "/metrics")).body)).toMatchObject({
    'taskq_jobs_total{queue="shop",job="shop.pass",outcome="completed"}': 1,
    'taskq_jobs_total{queue="shop",job="shop.fail",outcome="failed"}': 1,
    'taskq_job_duration_seconds_count{queue="shop",job="shop.pass"}': 1,
    'taskq_job_wait_seconds_count{queue="shop",job="shop.fail"}': 1,
    taskq_broker_up: 1,
  });
});

test("a port in use ends the start before any job is taken", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  try {
    const project = create();
    const { id } = await project.json("enqueue", "shop.pass");

    expect(await project.taskq("run-worker", "--burst", "--http", String(port))).toEqual({
      stdout: "",
      stderr: [
        `error: cannot listen on 127.0.0.1:${port}: the port is in use`,
        "hint: Choose another with `--http [host:]port`, TASKQ_HTTP or `http` in the config.\n",
      ].join("\n"),
      code: 2,
    });
    expect(await project.json("job", "show", id)).toMatchObject({ state: "waiting" });
  } finally {
    other.close();
  }
});

test("beyond loopback a worker starts with a token alone", async () => {
  const { root, prefix } = create();
  const burst = (env: Record<string, string>) =>
    taskq(["run-worker", "--burst", "--http", "0.0.0.0:0"], { cwd: root, broker: redis.url, prefix, env });

  expect(await burst({})).toEqual({
    stdout: "",
    stderr: [
      'error: http is "0.0.0.0:0", beyond loopback, and there is no token: anyone could read /metrics and /status',
      "hint: Set TASKQ_HTTP_TOKEN, or `httpToken` in the config, or listen on 127.0.0.1.\n",
    ].join("\n"),
    code: 2,
  });
  expect(await burst({ TASKQ_HTTP_TOKEN: token })).toMatchObject({ stderr: "", code: 0 });
});

test("beyond loopback names are for those who bring the token, which is shown nowhere", async () => {
  const project = create({ http: "0.0.0.0:0", httpToken: token });
  const worker = project.worker("--verbose");
  const address = (await addressOf(worker)).replace("0.0.0.0", "127.0.0.1");
  const headers = { authorization: `Bearer ${token}` };

  expect(await probe(address, "/readyz")).toBe("200 ok");
  for (const path of ["/metrics", "/status"]) {
    expect(await probe(address, path)).toBe("401 a token is needed");
    const { status, body } = await ask(address, path, { headers });
    expect(status).toBe(200);
    expect(body).not.toContain(token);
  }
  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);
  expect(JSON.stringify(worker.events) + worker.stderr()).not.toContain(token);
});

test("a token that is none is not quoted", async () => {
  const { root } = create();
  const ended = await taskq(["run-worker"], { cwd: root, broker: redis.url, env: { TASKQ_HTTP_TOKEN: "hunter2" } });

  expect(ended).toMatchObject({ stdout: "", code: 2 });
  expect(ended.stderr).toContain("TASKQ_HTTP_TOKEN must be 16 or more");
  expect(ended.stderr).not.toContain("hunter2");
});

test("status holds no password of the broker", async () => {
  const worker = create({ http: 0 }).worker();

  const { body } = await ask(await addressOf(worker), "/status");

  expect(JSON.parse(body).broker).toEqual({ address: redis.address, up: true });
  expect(findSecret(body, testPassword)).toBeUndefined();
});

test.each([
  { http: "127.0.0.1:0", imported: true },
  { http: undefined, imported: false },
])("with http $http the metrics library is imported: $imported", async ({ http, imported }) => {
  const project = create({ http });
  const { id } = await project.json("enqueue", "shop.imported");
  expect(await project.worker("--burst").exited).toBe(0);

  expect(await project.json("job", "show", id)).toMatchObject({ state: "completed", result: imported });
});
