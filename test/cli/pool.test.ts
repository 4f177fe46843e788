import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createProject, type Project, type WorkerProcess } from "../helpers/cli.ts";
import { ask, samplesOf } from "../helpers/http.ts";
import { freePort, testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const tasks = `
export async function pass() {}
export async function fail() { throw new Error("no such luck"); }
export async function pause() { await new Promise((resolve) => setTimeout(resolve, 1_500)); }
export async function block() { await new Promise((resolve) => setTimeout(resolve, 100)); for (;;); }
export async function shout({ lines }, { log }) {
  for (let line = 1; line <= lines; line++) {
    log.info("x".repeat(900), { line });
    await new Promise(setImmediate);
  }
}
`;
const create = (more: Readonly<Record<string, string>> = {}) =>
  createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks, ...more } });

/** A pool called `shop` whose processes are all up. */
async function startPool(project: Project, processes: number, ...words: readonly string[]): Promise<WorkerProcess> {
  const pool = project.worker("--processes", String(processes), "--name", "shop", ...words);
  for (let seat = 1; seat <= processes; seat++) await pool.event("started", { worker: `shop-${seat}` });
  return pool;
}

const of = (pool: WorkerProcess, name: string) => pool.events.filter(({ event }) => event === name);

test("a pool runs its processes under names of their own, and closes them all at SIGTERM", async () => {
  const project = create();
  const pool = await startPool(project, 2);
  expect(await pool.event("poolStarted")).toMatchObject({ worker: "shop", processes: 2, pid: pool.pid });
  const workers = await project.json("worker", "list");
  expect(workers.map(({ name }: { name: string }) => name).sort()).toEqual(["shop-1", "shop-2"]);
  expect(new Set([pool.pid, ...workers.map(({ pid }: { pid: number }) => pid)]).size).toBe(3);

  pool.signal("SIGTERM");
  pool.signal("SIGTERM");

  expect(await pool.exited).toBe(0);
  expect(of(pool, "closing")).toMatchObject([{ reason: "SIGTERM" }, { reason: "SIGTERM" }]);
  expect(of(pool, "closed")).toHaveLength(2);
  expect(pool.events.at(-1)).toMatchObject({ event: "poolClosed", code: 0 });
  expect(pool.stderr()).toBe("");
});

test("without a name a process is called by its host and its own pid", async () => {
  const project = create();
  const pool = project.worker("--processes", "1");
  const { worker } = await pool.event("started");
  const [{ name, pid }] = await project.json("worker", "list");

  expect(worker).toBe(name);
  expect(name).toMatch(new RegExp(`-${pid}$`));
  expect(pid).not.toBe(pool.pid);
});

test.each([
  ["a mistake in a job file", [], 2, "error:"],
  ["a queue that does not exist", ["--queue", "nowhere"], 4, "no queue fits nowhere"],
])("%s is told once and ends the pool", async (_what, words, code, complaint) => {
  const project = create(words.length === 0 ? { "shop/jobs/scheduled.js": "export const broken = {};" } : {});
  const pool = project.worker("--processes", "3", ...words);

  expect(await pool.exited).toBe(code);
  expect(pool.events).toEqual([]);
  expect(pool.stderr()).toContain(complaint);
  expect(pool.stderr().match(/error:/g)).toHaveLength(1);
});

test.each([
  ["--processes", "0"],
  ["--processes", "many"],
  ["--processes", "1.5"],
  ["--max-jobs", "0"],
  ["--max-jobs", "-1"],
  ["--max-time", "soon"],
  ["--max-time", "0s"],
  ["--max-memory", "512"],
  ["--max-memory", "0mb"],
])("%s %s is refused before anything starts", async (flag, value) => {
  const { stdout, stderr, code } = await create().taskq("run-worker", flag, value);

  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(new RegExp(`^error: ${flag} must be .*, not "${value}"\nhint: .*\n$`));
});

test("--processes max is one process for each processor", async () => {
  const pool = create().worker("--processes", "max");
  const { processes } = await pool.event("poolStarted");

  expect(processes).toBeGreaterThan(0);
  pool.signal("SIGTERM");
  expect(await pool.exited).toBe(0);
  expect(of(pool, "closed").length).toBeLessThanOrEqual(processes as number);
});

test("quiet, resume and the question what runs reach every process, also one that starts meanwhile", async () => {
  const project = create();
  const pool = await startPool(project, 2);
  pool.signal("SIGTSTP");
  await pool.event("quiet", { worker: "shop-1" });
  await pool.event("quiet", { worker: "shop-2" });
  const [{ pid, name }] = await project.json("worker", "list");
  process.kill(pid, "SIGKILL");
  await pool.event("childEnded", { pid, signal: "SIGKILL" });
  const before = of(pool, "quiet").length;
  await expect.poll(() => of(pool, "started").length).toBe(3);
  expect(of(pool, "quiet").slice(before)).toMatchObject([{ worker: name }]);

  pool.signal("SIGTTIN");
  await pool.event("idle", { worker: "shop-1" });
  await pool.event("idle", { worker: "shop-2" });
  pool.signal("SIGCONT");
  await pool.event("resumed", { worker: "shop-1" });
  await pool.event("resumed", { worker: "shop-2" });
  const { id } = await project.json("enqueue", "shop.pass");
  await pool.event("completed", { id });
});

test("a process that has reached a limit is followed by another at once", async () => {
  const project = create();
  const pool = await startPool(project, 1, "--max-jobs", "1");
  const ids = [];
  for (let i = 0; i < 3; i++) ids.push((await project.json("enqueue", "shop.pass")).id);
  for (const id of ids) await pool.event("completed", { id });
  await expect.poll(() => of(pool, "childEnded").length).toBe(3);

  for (const end of of(pool, "childEnded")) expect(end).toMatchObject({ level: "info", code: 0, deaths: 0 });
  expect(of(pool, "closed").map(({ completed }) => completed)).toEqual([1, 1, 1]);
  pool.signal("SIGTERM");
  expect(await pool.exited).toBe(0);
});

test("processes that die at their start are tried again, each time later, and that is told", async () => {
  const project = create({ "shop/jobs/startup.js": `export default () => { throw new Error("no database"); };` });
  const pool = project.worker("--processes", "1");

  const first = await pool.event("childEnded", { deaths: 1 });
  const third = await pool.event("childEnded", { deaths: 3 });
  expect(first).toMatchObject({ level: "error", code: 1, hasStarted: false, restartInMs: 500 });
  expect(third).toMatchObject({ code: 1, hasStarted: false, restartInMs: 2_000 });
  expect(Date.parse(third.time) - Date.parse(first.time)).toBeGreaterThan(1_500);
  pool.signal("SIGTERM");

  expect(await pool.exited).toBe(0);
  expect(pool.stderr()).toContain("no database");
});

test("a burst of a pool ends with the worst exit code of its processes", async () => {
  const project = create();
  for (let i = 0; i < 3; i++) await project.json("enqueue", "shop.pass");
  const { id } = await project.json("enqueue", "shop.fail");
  const pool = project.worker("--processes", "2", "--burst");

  expect(await pool.exited).toBe(1);
  await pool.event("failed", { id });
  expect(of(pool, "completed")).toHaveLength(3);
  expect(pool.events.at(-1)).toMatchObject({ event: "poolClosed", code: 1 });
});

test("a Ctrl-C that comes twice, and to the whole group, is one", async () => {
  const project = create();
  await project.json("enqueue", "shop.pause");
  const pool = project.workerUnder((line) => ["setsid", "sh", "-c", `exec ${line}`], "--processes", "2", "--verbose");
  await pool.event("active");
  process.kill(-pool.pid, "SIGINT");
  pool.signal("SIGINT");

  expect(await pool.exited).toBe(0);
  expect(of(pool, "completed")).toHaveLength(1);
  expect(of(pool, "putBack")).toEqual([]);
});

test("a third Ctrl-C ends a pool and its processes with 130", async () => {
  const project = create();
  await project.json("enqueue", "shop.block");
  const pool = await startPool(project, 2, "--verbose", "--shutdown-timeout", "10m");
  const workers = await project.json("worker", "list");
  await pool.event("active");
  for (let interrupts = 1; interrupts <= 3; interrupts++) {
    pool.signal("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 700)); // so long apart that they are three
  }

  expect(await pool.exited).toBe(130);
  for (const { pid } of workers) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("a process that does not close in time is killed, and its exit code is the pool's", async () => {
  const project = create();
  const pool = await startPool(project, 2, "--verbose", "--shutdown-timeout", "1s");
  await project.json("enqueue", "shop.block");
  await pool.event("active");
  pool.signal("SIGTERM");

  expect(await pool.exited).toBe(137);
  expect(await pool.event("childKilled")).toMatchObject({ level: "error", afterMs: 6_000 });
  expect(pool.events.at(-1)).toMatchObject({ event: "poolClosed", code: 137 });
});

test("a .env that has changed counts for the processes that follow a SIGHUP", async () => {
  const project = create({ "env/jobs/tasks.js": "export async function tell() { return process.env.WHOM; }" });
  writeFileSync(join(project.root, ".env"), "WHOM=Ada");
  const pool = await startPool(project, 1);
  expect(await project.json("enqueue", "env.tell", "--wait")).toMatchObject({ result: "Ada" });
  writeFileSync(join(project.root, ".env"), "WHOM=Bob");
  pool.signal("SIGHUP");
  await pool.event("poolRestarted");

  expect(await project.json("enqueue", "env.tell", "--wait")).toMatchObject({ result: "Bob" });
});

test("SIGHUP whose new process does not start leaves the old ones at work, and says so", async () => {
  const project = create();
  const pool = await startPool(project, 2);
  const before = await project.json("worker", "list");
  writeFileSync(join(project.root, "src/app/domain/shop/jobs/tasks.js"), "throw new Error('half a deploy');");
  pool.signal("SIGHUP");

  expect(await pool.event("poolRestartStopped")).toMatchObject({ level: "error", seat: 1, replaced: 0, processes: 2 });
  expect(pool.stderr()).toContain("half a deploy");
  expect(of(pool, "closing")).toEqual([]);
  const pids = (workers: { pid: number }[]) => workers.map(({ pid }) => pid);
  expect(pids(await project.json("worker", "list"))).toEqual(pids(before));
});

test("lines of several processes are never mixed", async () => {
  const project = create();
  const pool = await startPool(project, 3, "--concurrency", "2");
  const shouts = 4;
  for (let i = 0; i < shouts; i++) await project.json("enqueue", "shop.shout", "--args", `{"lines": 150}`);
  await expect.poll(() => of(pool, "completed").length).toBe(shouts);

  // The helper reads each line as JSON.
  expect(of(pool, "log")).toHaveLength(shouts * 150);
  expect(new Set(of(pool, "log").map(({ worker }) => worker)).size).toBeGreaterThan(1);
});

test.each([
  ["sh -c", (line: string) => ["sh", "-c", line]],
  ["npm run", (line: string) => ["npm", "run", "--silent", "start", "--", ...line.split(" ").slice(2)]],
])("SIGTERM under %s closes the pool in good order", async (_name, wrap) => {
  const project = create();
  const { id } = await project.json("enqueue", "shop.pause");
  const pool = project.workerUnder(
    (line) => {
      const scripts = { start: line.split(" ").slice(0, 2).join(" ") };
      writeFileSync(join(project.root, "package.json"), JSON.stringify({ name: "shop", type: "module", scripts }));
      return wrap(line);
    },
    "--processes",
    "2",
    "--verbose",
  );
  await pool.event("active", { id });
  await expect.poll(() => of(pool, "started").length).toBe(2); // one that imports its files ends without a word
  pool.signal("SIGTERM");
  await pool.event("poolClosed", { code: 0 });

  expect(of(pool, "closed")).toHaveLength(2);
  await pool.event("completed", { id });
  await pool.exited;
});

test("a pool serves one port for all its processes", async () => {
  const project = create();
  const port = await freePort();
  const pool = await startPool(project, 2, "--http", String(port));
  const at = `http://127.0.0.1:${port}`;
  for (let job = 0; job < 6; job++) await project.taskq("enqueue", "shop.pass");
  await expect.poll(() => of(pool, "completed").length).toBe(6);

  await expect.poll(async () => (await ask(at, "/readyz")).status).toBe(200);
  expect((await ask(at, "/livez")).body).toBe("ok\n");
  await expect.poll(async () => samplesOf((await ask(at, "/metrics")).body)[completedSeries]).toBe(6);
  const { processes } = JSON.parse((await ask(at, "/status")).body);
  expect(processes.map(({ name }: { name: string }) => name).sort()).toEqual(["shop-1", "shop-2"]);

  pool.signal("SIGTERM");
  expect(await pool.exited).toBe(0);
  await expect(ask(at, "/livez")).rejects.toThrow("ECONNREFUSED");
});

test("a pool whose port is taken starts no process", async () => {
  const project = create();
  const pool = project.worker("--processes", "2", "--http", String(redis.port));

  expect(await pool.exited).toBe(2);
  expect(pool.stderr()).toContain("the port is in use");
  expect(pool.events).toEqual([]);
});

const completedSeries = 'taskq_jobs_total{queue="shop",job="shop.pass",outcome="completed"}';
