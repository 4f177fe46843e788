import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { createProject, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const look = new Redis(redis.adminUrl);
afterAll(() => look.disconnect());

const tasks = `
import { defineJob } from "taskq";
export const greet = defineJob({ unique: ({ who }) => who ?? "nobody", handler: async () => {} });
export async function mark() {}
`;

function create() {
  const project = createProject({
    broker: redis.url,
    jobs: { "shop/jobs/tasks.js": tasks, "mail/jobs/tasks.js": "export async function send() {}" },
  });
  writeFileSync(join(project.root, "note.txt"), "two\nlines\n");
  writeFileSync(join(project.root, "pages.json"), '{ "from": 1 }');
  writeFileSync(join(project.root, "broken.json"), "{ from: 1 }");
  const keys = () => look.keys(`${project.prefix}*`);
  const dataOf = (queue: string, id: string) => look.hget(`${project.prefix}:${queue}:t-${id}`, "data");
  return { ...project, keys, dataOf };
}

test("args are texts, JSON, and files of either", async () => {
  const { json, dataOf } = create();

  const words = ["who=ada", "n:=3", "empty=", "link=a=b", "note=@note.txt", "pages:=@pages.json"];
  const { id } = await json("enqueue", "shop.mark", ...words);

  expect(JSON.parse((await dataOf("shop", id))!)).toEqual({
    who: "ada",
    n: 3,
    empty: "",
    link: "a=b",
    note: "two\nlines\n",
    pages: { from: 1 },
  });
});

test("--args is read from a file or from standard input, and key=value wins over it", async () => {
  const { json, dataOf, root, prefix } = create();

  const fromFile = await json("enqueue", "shop.mark", "--args", "@pages.json", "from:=2", "to:=3");
  const { stdout } = await taskq(["enqueue", "shop.mark", "--args", "-", "--json"], {
    cwd: root,
    broker: redis.url,
    prefix,
    input: '{"who": "ada"}',
  });

  expect(JSON.parse((await dataOf("shop", fromFile.id))!)).toEqual({ from: 2, to: 3 });
  expect(JSON.parse((await dataOf("shop", JSON.parse(stdout).id))!)).toEqual({ who: "ada" });
});

test.each([
  [["shop.mark", "who"], ['"who" is no key=value', "key=text or key:=json"], 2],
  [["shop.mark", "=ada"], ['"=ada" is no key=value'], 2],
  [["shop.mark", "who=ada", "who:=1"], ['the key "who" is given twice: who=ada and who:=1'], 2],
  [["shop.mark", "__proto__:={}"], ['the key "__proto__" of __proto__:={} is refused'], 2],
  [["shop.mark", "n:=three"], ["the value of n:=three is not JSON", "For a text write n=…"], 2],
  [["shop.mark", "n:=@broken.json"], ["the value of n:=@broken.json is not JSON"], 2],
  [["shop.mark", "who=@ada"], ['cannot read the file "ada": there is none', `write who:='"@ada"'`], 2],
  [["shop.mark", "--args", "@none.json"], ['cannot read the file "none.json": there is none'], 2],
  [["shop.mark", "--args", "@broken.json"], ['the file "broken.json" is not JSON'], 2],
  [["shop.mark", "--args", "[1]", "n:=1"], ["--args must be a JSON object where key=value is given too"], 2],
  [["shop.mark", "--queue", "shpo"], ['no queue is named "shpo"', "Did you mean shop?"], 4],
  [["shop.mark", "--replace"], ["shop.mark cannot replace a job"], 2],
  [["shop.mark", "--unique", "who=ada"], ['"who=ada" after --unique may be its key or an argument'], 2],
  [["shop.mark", "--unique", ""], ["unique must be true, false, a text of 1 to 512 characters"], 2],
  [["shop.mark", "--ndjson", "rows", "n:=1"], ["--ndjson and n:=1 do not go together"], 2],
  [["shop.mark", "--ndjson", "rows", "--job-id", "a"], ["--ndjson and --job-id do not go together"], 2],
  [["shop.mark", "--ndjson", "none.ndjson"], ['cannot read the file "none.ndjson": there is none'], 2],
])("enqueue %j is refused, and nothing is written", async (args, said, code) => {
  const project = create();

  const ended = await project.taskq("enqueue", ...args);

  expect(ended).toMatchObject({ stdout: "", code });
  for (const text of said) expect(ended.stderr).toContain(text);
  expect(await project.keys()).toEqual([]);
});

test("a duplicate is said and is no failure; --no-unique enqueues all the same, --replace takes its place", async () => {
  const { json, taskq: run } = create();
  const first = await json("enqueue", "shop.greet", "who=ada");

  const again = await run("enqueue", "shop.greet", "who=ada", "n:=2");
  const replaced = await json("enqueue", "shop.greet", "who=ada", "--replace");

  expect(again).toMatchObject({ stderr: "", code: 0 });
  expect(again.stdout).toBe(
    `not enqueued shop.greet  id=${first.id} queue=shop: this job has the same unique key and has not finished\n`,
  );
  expect(replaced).toMatchObject({ created: true, replaced: first.id });
  expect(await json("enqueue", "shop.greet", "who=ada", "--no-unique")).toMatchObject({ created: true });
  expect(await json("enqueue", "shop.greet", "who=eve", "--unique", "ada")).toMatchObject({
    created: false,
    reason: "duplicate",
    id: replaced.id,
  });
});

test("a job is put on another queue of the project", async () => {
  const { json, dataOf } = create();

  const { id, queue } = await json("enqueue", "shop.mark", "n:=1", "--queue", "mail");

  expect(queue).toBe("mail");
  expect(await dataOf("mail", id)).toBe('{"n":1}');
});

test("--dry-run checks all, says what would be written, and needs no broker", async () => {
  const project = create();
  const options = { cwd: project.root, broker: "redis://127.0.0.1:1", prefix: project.prefix };
  const args = ["enqueue", "shop.greet", "who=ada", "--delay", "1h", "--attempts", "3", "--timeout", "2m", "--dry-run"];

  const document = await taskq([...args, "--json"], options);
  const text = await taskq(args, options);

  expect(JSON.parse(document.stdout)).toEqual({
    dryRun: true,
    id: null,
    job: "shop.greet",
    queue: "shop",
    args: { who: "ada" },
    meta: null,
    state: "delayed",
    runAt: expect.stringMatching(/Z$/),
    priority: 0,
    attempts: 3,
    timeoutMs: 120_000,
    unique: "shop.greet:ada",
  });
  expect(text).toMatchObject({ stderr: "", code: 0 });
  expect(text.stdout).toMatch(
    /^would enqueue shop\.greet {2}queue=shop state=delayed runAt=\S+Z attempts=3 timeoutMs=120000 unique=shop\.greet:ada args=\{"who":"ada"\}\n$/,
  );
});

test("run takes its args in the same words", async () => {
  const project = createProject({
    jobs: { "shop/jobs/tasks.js": "export async function echo(args) { return args; }" },
  });

  expect(await project.json("run", "shop.echo", "who=ada", "n:=1")).toEqual({ who: "ada", n: 1 });
});

test("--meta goes along with a job, is shown with it, and is refused where it is no JSON object", async () => {
  const { json, root, prefix } = create();

  const plan = await json("enqueue", "shop.mark", "--meta", '{"tenant":"acme"}', "--dry-run");
  const { id } = await json("enqueue", "shop.mark", "--meta", '{"tenant":"acme"}');
  const broken = await taskq(["enqueue", "shop.mark", "--meta", "tenant=acme"], {
    cwd: root,
    broker: redis.url,
    prefix,
  });

  expect(plan.meta).toEqual({ tenant: "acme" });
  expect((await json("job", "show", id)).meta).toEqual({ tenant: "acme" });
  expect(broken.code).toBe(2);
  expect(broken.stderr).toContain("error: --meta is not JSON: tenant=acme");
});
