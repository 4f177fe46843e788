import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { createFolder, createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const admin = new Redis(redis.adminUrl);
afterAll(() => void admin.disconnect());

const tasks = `
import { setTimeout as wait } from "node:timers/promises";
export async function send({ n, token }) { if (n < 3) throw new Error("ECONNREFUSED " + n); return { token }; }
export async function talk(_args, { log, signal }) { log.info("hello"); await wait(600_000, undefined, { signal }); }
`;
const project = createProject({
  broker: redis.url,
  config: `export default { redact: ["token"], queues: { mail: { globalConcurrency: 4 } } };`,
  jobs: { "mail/jobs/tasks.js": tasks },
});
const elsewhere = { cwd: createFolder(), broker: redis.url, prefix: project.prefix };
const shell = (...args: string[]) => taskq(args, elsewhere);
const json = async (...args: string[]) => JSON.parse((await shell(...args, "--json")).stdout);

test("somebody with a shell and the broker's URL finds what failed, and has it done again", async () => {
  const rows = Array.from({ length: 5 }, (_none, n) => JSON.stringify({ n, token: "secret" }));
  writeFileSync(join(project.root, "rows.ndjson"), rows.join("\n"));
  await project.json("enqueue", "mail.send", "--ndjson", "rows.ndjson");
  expect(await project.worker("--burst").exited).toBe(1);

  const listed = await json("job", "list", "--state", "failed", "--error", "econnrefused");
  const ids = listed.map(({ id }: { id: string }) => id);
  expect(ids).toHaveLength(3);
  expect(listed[0]).toMatchObject({ job: "mail.send", queue: "mail", state: "failed", attempts: { made: 1 } });
  expect(await json("job", "list", "--count")).toEqual([
    { job: "mail.send", queue: "mail", state: "failed", count: 3 },
    { job: "mail.send", queue: "mail", state: "completed", count: 2 },
  ]);
  const [completed] = await project.json("job", "list", "--state", "completed");
  expect(completed.args.token).toBe("[redacted]"); // by the project's config; elsewhere there is none
  const { stdout } = await shell("job", "list", "--limit", "2");
  expect(stdout).toMatch(/^ID .*\n.{16} +mail\.send .*\n.{16} +mail\.send .*\n2 of 5 jobs, .*--offset 2\n/);

  const unasked = await shell("job", "retry", "--all"); // nobody is there to be asked
  expect(unasked).toMatchObject({ stdout: "", code: 2 });
  expect(unasked.stderr).toContain("  3  failed  mail.send\n");
  expect(await json("job", "retry", "--all", "--dry-run")).toMatchObject({ dryRun: true, verb: "retry", matched: 3 });
  expect(await json("job", "retry", "--all", "--yes")).toMatchObject({ matched: 3, done: 3, refused: 0, reasons: [] });
});

test("after an outage all that failed is tried again, and what somebody cancelled stays so unless that is asked", async () => {
  const { id } = await project.json("enqueue", "mail.talk", "--delay", "1h");
  await shell("job", "cancel", id);
  const retry = (...flags: string[]) => shell("job", "retry", "--all", "--job", "mail.talk", ...flags);

  const left = "1 cancelled job is left out: `--cancelled` takes it too\n";
  expect(await retry("--yes")).toMatchObject({ stdout: "no jobs to retry\n", stderr: left, code: 0 });
  expect(JSON.parse((await retry("--yes", "--json")).stdout)).toMatchObject({ matched: 0, done: 0, cancelledLeft: 1 });
  const plan = JSON.parse((await retry("--dry-run", "--json")).stdout);
  expect(plan).toEqual({ dryRun: true, verb: "retry", matched: 0, counts: [], cancelledLeft: 1 });

  const taken = await retry("--cancelled", "--yes", "--json");
  expect(taken.stderr).toBe("");
  expect(JSON.parse(taken.stdout)).toMatchObject({ matched: 1, done: 1 });
  expect(JSON.parse(taken.stdout)).not.toHaveProperty("cancelledLeft");
  await shell("job", "remove", id);
});

test("jobs that are named are done one by one, and what is left of a queue is swept out", async () => {
  const ids = (await json("job", "list", "--state", "waiting")).map(({ id }: { id: string }) => id);
  const [completed] = await json("job", "list", "--state", "completed", "--limit", "1");
  const { stdout: told, stderr, code } = await shell("job", "remove", ids[0], completed.id, "nobody");
  expect(told).toBe([ids[0], completed.id].map((id) => `removed id=${id} queue=mail\n`).join(""));
  expect(stderr).toContain('no job has the id "nobody"');
  expect(code).toBe(4);
  const refused = await shell("job", "promote", ids[1]);
  expect(refused.stdout).toBe(`refused id=${ids[1]} queue=mail: it is not delayed: it is waiting\n`);
  expect(refused.code).toBe(2);
  expect(await json("queue", "empty", "mail", "--yes")).toMatchObject({ verb: "remove", matched: 2, done: 2 });
  expect(await json("queue", "clean", "mail", "--state", "completed", "--older-than", "0s", "--yes")).toMatchObject({
    done: 1,
  });
});

test("a log is followed until the job ends, and only data is on stdout", async () => {
  const worker = project.worker();
  await worker.event("started");
  const { id } = await project.json("enqueue", "mail.talk");
  const following = shell("job", "logs", id, "-f");
  await expect.poll(() => json("job", "logs", id)).toHaveLength(1);
  await shell("job", "cancel", id, "--reason", "enough");

  const { stdout, stderr, code } = await following;
  expect(stdout).toMatch(/^\S.*hello\n$/);
  expect(stderr).toMatch(/^failed: cancelled by .+: enough\n$/);
  expect(code).toBe(0);
  worker.signal("SIGTERM");
  await worker.exited;
});

test("a queue's limits are set over the config, shown, marked in stats, and reset", async () => {
  expect(await json("queue", "concurrency", "mail", "2")).toMatchObject([
    { queue: "mail", concurrency: { max: 2, from: "operator", by: expect.any(String), at: expect.any(String) } },
  ]);
  expect(await json("queue", "rate", "mail", "100/15m")).toMatchObject([{ rate: { max: 100, perMs: 900_000 } }]);
  expect((await shell("stats")).stdout).toContain("set by an operator: mail 2 at once, 100 in 15 min\n");
  const worker = project.worker("--burst"); // its config says 4
  await worker.exited;
  expect(await json("queue", "list")).toMatchObject([{ concurrency: { max: 2, from: "operator" } }]);
  expect(await json("queue", "rate", "mail", "--reset")).toMatchObject([{ rate: null }]);
  expect(await json("queue", "concurrency", "mail", "--reset")).toMatchObject([
    { concurrency: { max: 4, from: "config" } },
  ]);

  await shell("queue", "pause", "m*", "--reason", "the provider is down");
  expect((await shell("queue", "list")).stdout).toMatch(/\nmail: paused by .+ (ago|just now): the provider is down\n$/);
  expect((await shell("queue", "resume", "mail")).stdout).toBe("resumed mail\n");
});

test("a queue is obliterated only under its name", async () => {
  await project.json("enqueue", "mail.send", "n:=9");
  expect((await shell("queue", "obliterate", "mail", "--yes")).code).toBe(2);
  const wrong = await shell("queue", "obliterate", "mail", "--confirm", "mai");
  expect(wrong.stderr).toContain('"mai" is not the name of the queue mail: nothing was changed');
  expect(await admin.exists(`${project.prefix}:mail:wait`)).toBe(1);

  expect((await shell("queue", "obliterate", "mail", "--confirm", "mail")).stdout).toBe("obliterated mail\n");
  expect(await admin.keys(`${project.prefix}:mail:*`)).toEqual([]);
});

test("what is not said, or said wrongly, is refused before anything is asked of the broker", async () => {
  const nowhere = { ...elsewhere, broker: "redis://127.0.0.1:1" };
  const refused = await Promise.all(
    [
      ["job", "retry"],
      ["job", "list", "--limit", "0"],
      ["queue", "clean", "mail", "--state", "failed"],
    ].map((args) => taskq(args, nowhere)),
  );
  expect(refused.map(({ code, stderr }) => [code, stderr.split("\n")[0]])).toEqual([
    [2, "error: which jobs to retry is not said"],
    [2, 'error: --limit must be a whole number from 1, not "0"'],
    [2, "error: which jobs to remove is not said"],
  ]);
});
