import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const say = (what: string) => `process.stderr.write("${what}\\n");`;
const nap = (ms: number) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;
const shutdown = `export default () => { ${say("shut down")} };`;

function create(startup: string, { tasks = "", broker = redis.url } = {}) {
  const jobs = {
    "shop/jobs/tasks.js": `${tasks} export async function pass() {}`,
    "shop/jobs/startup.js": `export default async () => { ${say("starting")} ${startup} };`,
    "shop/jobs/shutdown.js": shutdown,
  };
  return createProject({ broker, jobs });
}

type Worker = ReturnType<ReturnType<typeof create>["worker"]>;
const says = (worker: Worker, what: string) => expect.poll(() => worker.stderr()).toContain(what);
const eventsOf = (worker: Worker) => worker.events.map(({ event }) => event);

test.for([
  ["a worker", []],
  ["a pool", ["--processes", "1"]],
] as const)("%s that is asked to close while a startup file runs takes no job", async ([, words]) => {
  const project = create(nap(2_000));
  const { id } = await project.json("enqueue", "shop.pass");
  const worker = project.worker("--verbose", ...words);
  await says(worker, "starting");
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(0);
  const own = eventsOf(worker).filter((event) => !event.startsWith("pool"));
  expect(own).toEqual(["closing", "closed"]);
  expect(worker.stderr()).toContain("shut down");
  expect(await project.json("job", "show", id)).toMatchObject({ state: "waiting", attempts: { made: 0 } });
  expect(await project.json("worker", "list")).toEqual([]);
});

test.for([
  ["a worker", []],
  ["a pool", ["--processes", "1"]],
] as const)("%s whose startup file does not end closes in time, with 1", async ([, words]) => {
  const worker = create("await new Promise(() => {});").worker("--shutdown-timeout", "1s", ...words);
  await says(worker, "starting");
  const startMs = performance.now();
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(1);
  expect(performance.now() - startMs).toBeGreaterThan(2_900);
  expect(performance.now() - startMs).toBeLessThan(45_000); // generous: it would be a minute
  expect(await worker.event("warning")).toMatchObject({ message: "SIGTERM: it ends although its start has not" });
});

test("a worker that still imports the files of its project ends at once", async () => {
  const worker = create("", { tasks: `${say("importing")} ${nap(60_000)}` }).worker();
  await says(worker, "importing");
  worker.signal("SIGTERM");

  expect(await worker.exited).toBe(0);
  expect(worker.events).toEqual([]);
});

test("a worker whose broker freezes while it starts closes in good order", async () => {
  const frozen = await startRedis();
  try {
    const worker = create(`${nap(1_000)} ${say("opened")}`, { broker: frozen.url }).worker("--shutdown-timeout", "4s");
    await says(worker, "starting");
    frozen.freeze();
    await says(worker, "opened"); // from now on it asks the broker
    const startMs = performance.now();
    worker.signal("SIGTERM");

    expect(await worker.exited).toBe(0);
    expect(performance.now() - startMs).toBeLessThan(45_000);
    expect(worker.stderr()).toContain("shut down");
    expect(eventsOf(worker)).not.toContain("started");
  } finally {
    frozen.thaw();
    await frozen.stop();
  }
});
