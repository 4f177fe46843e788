import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const look = new Redis(redis.adminUrl);
afterAll(() => look.disconnect());

const tasks = `
import { defineJob } from "taskq";
import { z } from "zod";
export const greet = defineJob({ args: z.object({ who: z.string() }), handler: async () => {} });
`;

function create() {
  const project = createProject({ broker: redis.url, jobs: { "shop/jobs/tasks.js": tasks } });
  const file = (text: string) => {
    writeFileSync(join(project.root, "rows.ndjson"), text);
    return ["enqueue", "shop.greet", "--ndjson", "rows.ndjson"];
  };
  const waiting = () => look.llen(`${project.prefix}:shop:wait`);
  return { ...project, file, waiting };
}

test("each line of a file is a job, in the order of the lines", async () => {
  const { json, file, waiting, prefix } = create();
  const lines = Array.from({ length: 2_500 }, (_, n) => JSON.stringify({ who: `user ${n}` }));

  expect(await json(...file(`${lines.join("\r\n")}\n\n`), "--attempts", "3")).toEqual({
    enqueued: 2_500,
    duplicates: 0,
    rejected: 0,
  });

  expect(await waiting()).toBe(2_500);
  const [last] = await look.lrange(`${prefix}:shop:wait`, 0, 0);
  expect(await look.hget(`${prefix}:shop:${last}`, "data")).toBe('{"who":"user 2499"}');
});

test("a byte order mark at the beginning is no part of the first line", async () => {
  const { json, file } = create();

  expect(await json(...file('\uFEFF{ "who": "Ada" }\r\n{ "who": "Bob" }'))).toMatchObject({ enqueued: 2, rejected: 0 });
});

test("bad lines are told with their numbers, good ones go in, and the exit code is 2", async () => {
  const { taskq: run, file, waiting } = create();
  const bad = Array.from({ length: 19 }, () => "[]");

  const ended = await run(...file(['{"who":"ada"}', "", "{who}", '{"who":1}', ...bad, '{"who":"bob"}'].join("\n")));

  const said = ended.stderr.trimEnd().split("\n");
  expect(said).toHaveLength(21);
  expect(said[0]).toMatch(/^line 3: the line is not JSON \(.*\)$/);
  expect(said[1]).toBe(
    "line 4: the args of shop.greet are invalid: who: Invalid input: expected string, received number",
  );
  expect(said[19]).toBe("line 22: the args must be a JSON object, not an array");
  expect(said[20]).toBe("and 1 more rejected lines");
  expect(ended).toMatchObject({ stdout: "2 jobs enqueued, 21 lines rejected and not written\n", code: 2 });
  expect(await waiting()).toBe(2);
});

test("duplicates are counted and are no failure", async () => {
  const { taskq: run, file } = create();

  const ended = await run(...file('{"who":"ada"}\n{"who":"ada"}\n{"who":"bob"}\n'), "--unique");

  expect(ended).toEqual({ stdout: "2 jobs enqueued, 1 duplicate left alone\n", stderr: "", code: 0 });
});

test("--dry-run reads and checks every line, and needs no broker", async () => {
  const { root, prefix, file } = create();
  const options = { cwd: root, broker: "redis://127.0.0.1:1", prefix };
  const args = [...file('{"who":"ada"}\n{"who":1}\n'), "--dry-run"];

  const { stdout, code } = await taskq([...args, "--json"], options);

  expect({ ...JSON.parse(stdout), code }).toEqual({ dryRun: true, valid: 1, rejected: 1, code: 2 });
});

test("a long stream of lines goes in, in little memory", async () => {
  const { root, prefix, waiting } = create();
  const count = 20_000;
  const text = "x".repeat(5_000);
  const lines = Readable.from(
    (function* () {
      for (let n = 0; n < count; n += 100) yield `${JSON.stringify({ who: `${n}${text}` })}\n`.repeat(100);
    })(),
  );

  const ended = await taskq(["enqueue", "shop.greet", "--ndjson", "-", "--json"], {
    cwd: root,
    broker: redis.url,
    prefix,
    input: lines,
    // The lines alone are 100 MB.
    env: { NODE_OPTIONS: "--max-old-space-size=80" },
  });

  expect(ended).toMatchObject({ stderr: "", code: 0 });
  expect(JSON.parse(ended.stdout)).toEqual({ enqueued: count, duplicates: 0, rejected: 0 });
  expect(await waiting()).toBe(count);
});
