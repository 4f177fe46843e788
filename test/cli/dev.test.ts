import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createFolder, createProject, type Project, start, taskq } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();

const says = (words: string) => `export async function hello(args, { log }) { log.info("${words}"); }`;
const broken = "export const = ;";
const create = (tasks = says("first")) => createProject({ jobs: { "shop/jobs/tasks.js": tasks } });

interface Dev {
  readonly child: ChildProcess;
  /** Resolves with what comes first, after what was found before. */
  readonly sees: (like: RegExp) => Promise<RegExpExecArray>;
  readonly write: (file: string, text: string) => void;
  readonly enqueue: (job: string) => Promise<void>;
  readonly ended: Promise<number | null>;
}

function startDev(project: Project, broker: string | undefined, ...words: readonly string[]): Dev {
  const { root, prefix } = project;
  const child = start(["dev", ...words], { cwd: root, broker, prefix });
  let rest = "";
  let seen = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      rest += chunk;
      seen += chunk;
      child.emit("seen");
    });
  }
  return {
    child,
    async sees(like) {
      for (let found = like.exec(rest); ; found = like.exec(rest)) {
        if (found) {
          rest = rest.slice(found.index + found[0].length);
          return found;
        }
        await once(child, "seen", { signal: AbortSignal.timeout(90_000) }).catch(() => {
          throw new Error(`nothing like ${like} came; seen:\n${seen}`);
        });
      }
    },
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    async enqueue(job) {
      const { code, stderr } = await taskq(["enqueue", job, "--broker", broker ?? "embedded"], { cwd: root, prefix });
      expect(stderr).toBe("");
      expect(code).toBe(0);
    },
    ended: once(child, "close").then(([code]) => code as number | null),
  };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a changed file is live a moment later; a mistake is said, and the next change mends it", async () => {
  const dev = startDev(create(), redis.url, "--no-dashboard");
  await dev.sees(/started {4}shop /);
  await dev.enqueue("shop.hello");
  await dev.sees(/info: first/);

  dev.write("src/app/domain/shop/jobs/tasks.js", says("second"));
  await dev.sees(/reloading {2}src\/app\/domain\/shop\/jobs\/tasks\.js changed/);
  await dev.sees(/started {4}shop /);
  await dev.enqueue("shop.hello");
  await dev.sees(/info: second/);

  dev.write("src/app/domain/mail/jobs/tasks.js", broken);
  await dev.sees(/error: src\/app\/domain\/mail\/jobs\/tasks\.js: /);
  await dev.sees(/waiting {4}for a change of the files: the worker ended with 2/);
  dev.write("src/app/domain/mail/jobs/tasks.js", says("third"));
  await dev.sees(/started {4}mail, shop /);
  await dev.enqueue("mail.hello");
  await dev.sees(/info: third/);

  dev.child.kill("SIGINT");
  await dev.sees(/closing {4}SIGINT: 0 active jobs/);
  expect(await dev.ended).toBe(0);
});

test("a changed .env counts from the next process on", async () => {
  const project = create('export async function hello(args, { log }) { log.info("hello " + process.env.WHOM); }');
  writeFileSync(join(project.root, ".env"), "WHOM=Ada");
  const dev = startDev(project, redis.url, "--no-dashboard");
  await dev.sees(/started {4}/);
  await dev.enqueue("shop.hello");
  await dev.sees(/info: hello Ada/);
  dev.write(".env", "WHOM=Bob");
  await dev.sees(/reloading {2}\.env changed/);
  await dev.sees(/started {4}/);
  await dev.enqueue("shop.hello");
  await dev.sees(/info: hello Bob/);
});

test("it can be ended while it waits for a change", async () => {
  const dev = startDev(create(broken), redis.url, "--no-dashboard");
  await dev.sees(/waiting {4}for a change/);
  dev.child.kill("SIGTERM");
  expect(await dev.ended).toBe(0);
});

test("what a job writes starts nothing anew, and a job that outlasts a reload runs again in the fresh process", async () => {
  const long = `
    import { writeFileSync } from "node:fs";
    export async function hello(args, { log, signal }) {
      writeFileSync("result.json", "{}");
      log.info("began");
      await new Promise((resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }`;
  const dev = startDev(create(long), redis.url, "--no-dashboard");
  await dev.sees(/started {4}/);
  await dev.enqueue("shop.hello");
  await dev.sees(/info: began/);

  dev.write("src/app/domain/shop/jobs/tasks.js", says("at last"));
  const [, file] = await dev.sees(/reloading {2}(\S+)/);
  expect(file).toBe("src/app/domain/shop/jobs/tasks.js");
  await dev.sees(/put back {3}shop\.hello /);
  await dev.sees(/info: at last/);
});

test("a worker whose loop is blocked, or whose startup file hangs, does not hold up a reload for long", async () => {
  const blocked = `export async function hello() { console.log("began"); for (;;); }`;
  const dev = startDev(create(blocked), redis.url, "--no-dashboard");
  await dev.sees(/started {4}/);
  await dev.enqueue("shop.hello");
  await dev.sees(/began/);
  dev.write("src/app/domain/shop/jobs/tasks.js", says("at last"));
  await dev.sees(/child {6}1 killed: it did not end within 10 s/);
  await dev.sees(/info: at last/);

  dev.write(
    "src/app/domain/shop/jobs/startup.js",
    'export default () => { console.log("hangs"); return new Promise((r) => setTimeout(r, 1e9)); };',
  );
  await dev.sees(/hangs/);
  dev.write("src/app/domain/shop/jobs/startup.js", "export default () => {};");
  await dev.sees(/child {6}1 killed: it did not end within 10 s/);
  await dev.sees(/started {4}/);
}, 120_000);

test("a worker that was made quiet stays so when files change", async () => {
  const dev = startDev(create(), redis.url, "--no-dashboard");
  await dev.sees(/started {4}/);
  dev.child.kill("SIGTSTP");
  await dev.sees(/quiet {6}takes no more jobs/);
  dev.write("src/app/domain/shop/jobs/tasks.js", says("second"));
  await dev.sees(/reloading/);
  await dev.sees(/quiet {6}takes no more jobs/);
  dev.child.kill("SIGCONT");
  await dev.sees(/resumed/);
  await dev.enqueue("shop.hello");
  await dev.sees(/info: second/);
}, 120_000);

test("without a broker it has one of its own, and a dashboard that may act on it", async () => {
  const tasks = `
    import { createClient } from "taskq";
    export async function hello() {
      const client = await createClient();
      await client.enqueue("shop.bye", {});
      await client.close();
    }
    export async function bye() {}`;
  const dev = startDev(create(tasks), undefined);
  await dev.sees(/no broker is configured: an embedded one is used/);
  const [, url] = await dev.sees(/dashboard: (http:\S+) \(writable\)/);
  await dev.sees(/started {4}shop .* broker=embedded /);
  await dev.enqueue("shop.hello");
  await dev.sees(/completed {2}shop\.bye/);
  const page = await fetch(url!);
  expect(page.status).toBe(200);

  dev.child.kill("SIGTERM");
  expect(await dev.ended).toBe(0);
});

test("where no project is, that is said, and nothing is started", async () => {
  const cwd = createFolder();
  const { stdout, stderr, code } = await taskq(["dev"], { cwd });

  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toMatch(/^error: no config in /);
  expect(readdirSync(cwd)).toEqual([]);
}, 60_000);

test("killed, it leaves no worker behind", async () => {
  const project = create();
  const dev = startDev(project, redis.url, "--no-dashboard");
  await dev.sees(/started {4}/);
  const { stdout } = await taskq(["worker", "list", "--json"], {
    cwd: project.root,
    broker: redis.url,
    prefix: project.prefix,
  });
  const [{ pid }] = JSON.parse(stdout) as [{ pid: number }];
  expect(pid).not.toBe(dev.child.pid);
  expect(isAlive(pid)).toBe(true);

  dev.child.kill("SIGKILL");
  await expect.poll(() => isAlive(pid)).toBe(false);
});
