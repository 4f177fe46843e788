import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, describe, expect, test } from "vitest";
import { createProject, type Project, taskq, type WorkerProcess } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_none, index) => String.fromCharCode(first + index)).join("");
/** Whatever moves a cursor, rings a bell, turns the direction of text or breaks a line. */
const controls = [
  range(0x00, 0x1f),
  range(0x7f, 0x9f),
  "\u061c",
  range(0x200e, 0x200f),
  range(0x2028, 0x202e),
  range(0x2066, 0x2069),
].join("");
const raw = new RegExp(`[${controls.replace("\n", "").replace(/[\\\]]/g, "\\$&")}]`);
const forged = "\nforged line\r\nforged line\u2028forged line\u0085forged line";
const hostile = `${controls}\u001b]0;title\u0007\u001b[2J${forged}`;
/** What an operating system hands over holds no NUL. */
const word = hostile.replaceAll("\0", "");

const tasks = `
  import { defineJob } from "taskq";
  const hostile = ${JSON.stringify(hostile)};
  export const shout = defineJob({
    name: "shop.shout" + ${JSON.stringify(word)},
    async handler(args, { log, progress }) {
      log.warn({ [hostile]: hostile }, hostile);
      await progress({ [hostile]: hostile });
      return { [hostile]: [hostile] };
    },
  });
  export const fail = defineJob({ attempts: 1, handler: async () => { throw Object.assign(new Error(hostile), { name: hostile }); } });
  export const text = defineJob({ attempts: 1, handler: async () => { throw hostile; } });
  export const wait = defineJob({ handler: (_args, { signal }) => new Promise((resolve) => signal.addEventListener("abort", resolve)) });
`;

/** Neither stream holds a control character but the line breaks of taskq itself. */
function expectClean(where: string, ...outputs: readonly string[]): void {
  for (const output of outputs) {
    const place = output.search(raw);
    expect(place === -1 ? "" : JSON.stringify(output.slice(Math.max(0, place - 60), place + 20)), where).toBe("");
    expect(
      output.split("\n").filter((line) => line.startsWith("forged line")),
      where,
    ).toEqual([]);
  }
}

async function sweep(project: Project, words: readonly string[], flags: readonly string[] = ["--verbose", "--json"]) {
  const options = { cwd: project.root, broker: redis.url, prefix: project.prefix };
  const ended = await Promise.all(flags.map((flag) => taskq([...words, flag], options)));
  for (const { stdout, stderr } of ended) expectClean(words.join(" "), stdout, stderr);
  return ended[0]!;
}

describe("what another producer put into the broker reaches the output of no command raw", async () => {
  const project = createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks } });
  const { prefix } = project;
  const connection = { url: redis.adminUrl };
  const queue = new Queue(`queue${hostile.replaceAll(":", "")}`, { connection, prefix });
  const others = new Worker(
    queue.name,
    async (job) => {
      await job.log(hostile);
      await job.updateProgress({ [hostile]: hostile });
      if (job.name.startsWith("fail"))
        throw Object.assign(new Error(hostile), { stack: `Error: ${hostile}\n  at ${hostile}` });
      return { [hostile]: hostile };
    },
    { connection, prefix, autorun: false },
  );
  afterAll(() => Promise.all([others.close(), queue.close()]));
  const admin = new Redis(redis.adminUrl);
  await admin.sadd(`${prefix}:taskq:queues`, queue.name);

  const done = new Promise((resolve) => others.on("drained", () => resolve(undefined)));
  await queue.add(`complete${hostile}`, { [hostile]: [hostile] }, { jobId: "done-1" });
  await queue.add(`fail${hostile}`, { [hostile]: [hostile] }, { jobId: "broken-1" });
  void others.run();
  await done;
  await others.pause();
  await admin.hset(`${prefix}:${queue.name}:done-1`, "pb", hostile);
  admin.disconnect();
  await queue.add(`wait${hostile}`, { [hostile]: hostile }, { jobId: "new-1" });
  await queue.upsertJobScheduler(
    `schedule${hostile}`,
    { pattern: "0 0 1 1 *", tz: "UTC" },
    { name: hostile, data: { hostile } },
  );

  test.each([
    ["stats", ["stats"]],
    ["stats of one queue", ["stats", queue.name.replaceAll("\0", "?")]],
    ["a completed job", ["job", "show", "done-1"]],
    ["a failed job", ["job", "show", "broken-1"]],
    ["a waiting job", ["job", "show", "new-1"]],
    ["the schedules", ["schedule", "list"]],
    ["the workers", ["worker", "list"]],
  ])("%s", async (_what, words) => {
    const { stdout, stderr, code } = await sweep(project, words);

    expect([stderr, code]).toEqual(["", 0]);
    if (words[0] !== "worker") expect(stdout).toMatch(/queue|schedule/);
  });
});

describe("what jobs are called, say, return and throw reaches a log and the commands escaped", async () => {
  const create = () => createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks } });

  test.each(["pretty", "json"])("in the %s log of a worker and in what it keeps", async (log) => {
    const project = create();
    const ids: string[] = [];
    for (const job of [`shop.shout${word}`, "shop.fail", "shop.text"]) {
      ids.push((await project.json("enqueue", job, "--args", JSON.stringify({ [hostile]: hostile }))).id);
    }
    const queue = new Queue("shop", { connection: { url: redis.adminUrl }, prefix: project.prefix });
    await queue.add(`unknown${hostile}`, {});
    await queue.close();

    const { stdout } = await sweep(project, ["run-worker", "--burst", "--name", word, "--log", log], ["--verbose"]);
    for (const id of ids) await sweep(project, ["job", "show", id]);

    expect(stdout).toMatch(/\\u001b\]0;title/);
  });

  test("in what `taskq run` prints", async () => {
    const project = create();

    for (const job of [`shop.shout${word}`, "shop.fail", "shop.text"]) await sweep(project, ["run", job]);
  });

  test("in the list of live workers and what they run", async () => {
    const project = create();
    const worker: WorkerProcess = project.worker("--name", word, "--verbose");
    await worker.event("started");
    await project.taskq("enqueue", "shop.wait");
    await worker.event("active");

    await expect
      .poll(() => project.taskq("worker", "list"))
      .toMatchObject({
        stdout: expect.stringContaining("shop.wait"),
      });
    await sweep(project, ["worker", "list"]);
    worker.signal("SIGTERM");
    await worker.exited;

    expectClean("the log of a worker", worker.stderr());
  });
});

describe("what the command line and the files say is quoted escaped", () => {
  const project = createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks } });

  test.each([
    ["an unknown command", [word]],
    ["an unknown verb", ["job", word]],
    ["an unknown option", ["stats", `--${word}`]],
    ["an unknown job", ["enqueue", word]],
    ["args that are no JSON", ["enqueue", "shop.wait", "--args", word]],
    ["a key of the args", ["enqueue", "shop.wait", "--args", JSON.stringify({ [`__proto__`]: 1, [word]: 1 })]],
    ["a number", ["enqueue", "shop.wait", "--priority", word]],
    ["a duration", ["enqueue", "shop.wait", "--delay", word]],
    ["a time", ["enqueue", "shop.wait", "--at", word]],
    ["an id", ["enqueue", "shop.wait", "--job-id", word]],
    ["an unknown id", ["job", "show", word]],
    ["an unknown queue", ["run-worker", "--queue", word]],
    ["a concurrency", ["run-worker", "--concurrency", `${word}=3`]],
    ["a log format", ["run-worker", "--log", word]],
    ["a config file", ["check", "--config", word]],
    ["a broker", ["stats", "--broker", word]],
    ["a broker's host", ["stats", "--broker", `redis://${word}`]],
  ])("%s", async (_what, words) => {
    expect([1, 2, 3, 4]).toContain((await sweep(project, words)).code);
  });

  test.each([
    ["a config that throws", { config: `throw new Error(${JSON.stringify(hostile)});` }],
    ["a key of the config", { config: `export default { [${JSON.stringify(hostile)}]: 1 };` }],
    ["a value of the config", { config: `export default { prefix: ${JSON.stringify(hostile)} };` }],
    [
      "a queue of the config",
      { config: `export default { queues: { [${JSON.stringify(hostile)}]: { nothing: 1 } } };` },
    ],
    ["a file that throws", { jobs: { "shop/jobs/tasks.js": `throw new Error(${JSON.stringify(hostile)});` } }],
    [
      "a job's queue",
      { jobs: { "shop/jobs/tasks.js": tasks.replace("attempts: 1", `queue: ${JSON.stringify(`a:${hostile}`)}`) } },
    ],
    ["a folder's name", { jobs: { [`${word.replaceAll("/", "")}/jobs/tasks.js`]: "export const nothing = 1;" } }],
    [
      "a file's name",
      { jobs: { [`shop/jobs/tasks/${word.replaceAll("/", "").slice(0, 80)}.js`]: "export async function mark() {}" } },
    ],
  ])("%s", async (_what, options) => {
    await sweep(createProject(options), ["check"]);
  });
});
