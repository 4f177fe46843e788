import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { browserPath, visit } from "../helpers/browser.ts";
import { createFolder, createProject, type Project, start, taskq } from "../helpers/cli.ts";
import { ask } from "../helpers/http.ts";
import { testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const home = fileURLToPath(new URL("../..", import.meta.url));
const token = "a-token-of-the-test";
const noBrowser = "no Chromium is on PATH: scripts/ensure-chromium installs one";

const jobs = {
  "mail/jobs/tasks.js": `
import { existsSync } from "node:fs";
export async function send({ to }) {
  if (!existsSync("mended")) throw new Error("smtp refused " + to);
  return "sent to " + to;
}`,
  "mail/jobs/scheduled.js": `
import { defineSchedule } from "taskq";
import { send } from "./tasks.js";
export const nightly = defineSchedule({ name: "nightly", job: send, cron: "0 3 * * *", args: { to: "the night" } });`,
};

/** The dashboard of a project on a free port; its address, and what it ends with. */
async function serve({ root, prefix }: Project, args: readonly string[] = [], env = {}) {
  const child = start(["dashboard", "--http", "0", ...args], { cwd: root, broker: redis.url, prefix, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface({ input: child.stderr! }), "line")) as [string];
  const address = /^(http:\S+)\/ \((?:writable|read-only)\), until Ctrl-C$/.exec(line)?.[1];
  if (address === undefined) throw new Error(`the dashboard said: ${line}`);
  return { address, line, child, origin: new URL(address).origin };
}

const patient = { timeout: 180_000 }; // a browser is slow where much else goes on

test(
  "a failed job's stack is read, the job is retried, and is seen completed; a schedule is run",
  patient,
  async ({ skip }) => {
    skip(!browserPath, noBrowser);
    const project = createProject({ broker: redis.url, jobs });
    const { id } = await project.json("enqueue", "mail.send", "to=ann");
    const [worker, { address, origin }] = [project.worker(), await serve(project, ["--prefix", "/jobs", "--writable"])];
    await worker.event("failed", { id });
    await using visited = await visit(origin);
    const { page, complaints } = visited;

    await page.goto(`${address}/`);
    await page.getByRole("link", { name: "mail" }).first().click();
    await page.getByRole("link", { name: /^failed/i }).click();
    await page.getByText(/smtp refused ann.*at .*tasks\.js/s).waitFor();

    writeFileSync(join(project.root, "mended"), "");
    await page.getByRole("button", { name: "Retry all" }).click();
    await page.getByRole("button", { name: "Confirm" }).click();
    await worker.event("completed", { id });
    await page.getByRole("link", { name: /^completed/i }).click();
    await page.getByText(`t-${id}`).waitFor();

    await page.goto(`${address}/schedules`);
    await page.getByRole("button", { name: "Run nightly now" }).click();
    const enqueued = page.getByRole("status").getByRole("link");
    const ran = (await enqueued.textContent())!;
    await worker.event("completed", { id: ran });
    await enqueued.click();
    await page.getByText(`t-${ran}`).waitFor();
    expect(await project.json("job", "show", ran)).toMatchObject({ result: "sent to the night" });
    expect(complaints).toEqual([]);
  },
);

test("it is read-only, answers to this machine's names alone, and ends at Ctrl-C", async () => {
  const project = createProject({ broker: redis.url, jobs });
  const { id } = await project.json("enqueue", "mail.send", "to=ann");
  const { address, line, child } = await serve(project, ["--allow-host", "ops.example.com"]);
  const rest = text(child.stdout!);
  const status = async (path: string, headers = {}, method = "GET") =>
    (await ask(address, path, { method, headers })).status;

  expect(line).toContain("(read-only)");
  expect(await status("/")).toBe(200);
  expect((await ask(address, "/api/queues?activeQueue=mail")).body).toContain(`t-${id}`);
  expect((await ask(address, "/schedules")).body).toContain("read-only");
  expect(await status("/", { host: "ops.example.com" })).toBe(200);
  expect(await status("/", { host: "evil.test" })).toBe(403);
  expect(await status("/api/queues", { host: "evil.test" })).toBe(403);
  expect(await ask(address, `/api/queues/mail/t-${id}/clean`, { method: "PUT" })).toMatchObject({
    status: 405,
    body: "this dashboard is read-only\n",
    headers: { allow: "GET, HEAD", "x-content-type-options": "nosniff", "x-frame-options": "DENY" },
  });
  expect(await project.json("job", "show", id)).toMatchObject({ state: "waiting" });

  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(await rest).toBe("");
});

test("another site changes nothing in one that is writable", async () => {
  const project = createProject({ broker: redis.url, jobs });
  const { id } = await project.json("enqueue", "mail.send", "to=ann");
  const { address } = await serve(project, ["--writable"]);
  const clean = (headers: Record<string, string>) =>
    ask(address, `/api/queues/mail/t-${id}/clean`, { method: "PUT", headers });

  expect(await clean({ "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
  expect(await clean({ origin: "http://evil.test" })).toMatchObject({ status: 403 });
  expect(await clean({ "sec-fetch-site": "same-origin" })).toMatchObject({ status: 204 });
});

test("beyond loopback it asks for a token, and without one it does not start", async () => {
  const project = createProject({ broker: redis.url, jobs });
  const refused = await project.taskq("dashboard", "--http", "0.0.0.0:7434");
  expect(refused).toEqual({
    stdout: "",
    stderr:
      'error: http is "0.0.0.0:7434", beyond loopback, and there is no token: anyone could read every job\n' +
      "hint: Set TASKQ_DASHBOARD_TOKEN, or `dashboardToken` in the config, or listen on 127.0.0.1.\n",
    code: 2,
  });

  const { address } = await serve(project, ["--http", "0.0.0.0:0"], { TASKQ_DASHBOARD_TOKEN: token });
  const here = address.replace("0.0.0.0", "127.0.0.1");
  const basic = `Basic ${Buffer.from(`me:${token}`).toString("base64")}`;
  expect(await ask(here, "/")).toMatchObject({ status: 401, body: "a token is needed\n" });
  expect(await ask(here, "/static/favicon.ico")).toMatchObject({ status: 401 });
  expect(await ask(here, "/", { headers: { authorization: basic, host: "a.name.of.ours" } })).toMatchObject({
    status: 200,
  });
  expect(await ask(here, "/schedules", { headers: { authorization: `Bearer ${token}` } })).toMatchObject({
    status: 200,
  });
});

test("wrong words, a port in use and no broker are each one sentence", async () => {
  const project = createProject({ broker: redis.url, jobs });
  const { origin } = await serve(project);

  expect(await project.taskq("dashboard", "--prefix", "jobs")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^error: the dashboard's prefix must be a path such as "\/admin\/jobs", not "jobs"\nhint: .*\n$/,
    ),
  });
  expect(await project.taskq("dashboard", "--http", origin.slice("http://".length))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^error: cannot listen on .*: the port is in use\nhint: Choose another with `--http \[host:\]port`\.\n$/,
    ),
  });
  expect(await taskq(["dashboard"], { cwd: project.root, broker: "redis://127.0.0.1:1" })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("error: cannot reach Redis at redis://127.0.0.1:1: connection refused"),
  });
});

test("where Bull Board is not installed, one sentence says how to", async () => {
  const folder = createFolder();
  cpSync(join(home, "dist"), join(folder, "dist"), { recursive: true });
  cpSync(join(home, "package.json"), join(folder, "package.json"));
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(home, "node_modules")))
    if (name !== "@bull-board") symlinkSync(join(home, "node_modules", name), join(folder, "node_modules", name));

  const { stderr, code } = await taskq(["dashboard"], {
    cwd: folder,
    broker: redis.url,
    bin: join(folder, "dist/bin/taskq.js"),
  });

  expect({ stderr, code }).toEqual({
    stderr:
      "error: the dashboard needs the packages @bull-board/api and @bull-board/ui\n" +
      "hint: Install them with `npm install @bull-board/api @bull-board/ui`.\n",
    code: 2,
  });
});
