import { readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { afterAll, expect, test, vi } from "vitest";
import { createProject, taskq } from "../helpers/cli.ts";
import { startRedis } from "../helpers/redis.ts";
import { hasScript, onTerminal, type TerminalRun } from "../helpers/terminal.ts";

const redis = await startRedis();
afterAll(() => redis.stop());
const project = createProject({
  broker: redis.url,
  jobs: {
    "shop/jobs/tasks.js": `
      export async function bad() { throw new Error("the card was declined"); }
      export async function slow(_args, { signal }) {
        await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      }
      export async function tidy() {}
    `,
    "shop/jobs/scheduled.js": `
      import { defineSchedule } from "taskq";
      import { tidy } from "./tasks.js";
      export const daily = defineSchedule({ job: tidy, cron: "0 8 * * *", name: "shop.daily" });
    `,
  },
});
const place = { cwd: project.root, broker: redis.url, prefix: project.prefix };
const enter = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h";
const leave = "\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l";

const open = (options = {}): TerminalRun => onTerminal(["top"], { ...place, ...options });

test("without a terminal, or for a program, it says what to take", async () => {
  const said = await taskq(["top"], place);
  expect(said.code).toBe(2);
  expect(said.stdout).toBe("");
  expect(said.stderr).toContain("a live screen needs a terminal, and this is none\n");
  expect(said.stderr).toContain("hint: Take `taskq stats --watch`, with `--json` for a program.");
});

test.skipIf(!hasScript)("a terminal that cannot move its cursor is refused", async () => {
  const top = open({ env: { TERM: "dumb" } });

  expect(await top.exited).toBe(2);
  expect(top.text()).toContain("this terminal cannot move its cursor (TERM=dumb)");
  expect(top.text()).not.toContain("\u001b");
});

test.skipIf(!hasScript)("it shows what is there and acts on it, and leaves the terminal as it was", async () => {
  const worker = project.worker("--name", "web-1");
  await worker.event("started");
  const [bad, slow] = [await project.json("enqueue", "shop.bad"), await project.json("enqueue", "shop.slow")];
  await worker.event("failed", { id: bad.id });

  const top = open();
  await top.shows(/1 worker {2}1 active {2}0 waiting {2}1 failed.*> shop /s);
  // A failed job: its error, all of it, tried again; then it fails anew.
  top.type("5");
  await top.shows(/> shop\.bad .*the card was declined/s);
  top.type("\r");
  await top.shows(/Error: the card was declined.* at .*tasks\.js:2/s);
  top.type("r");
  await top.shows(/retried job shop\.bad/);
  await worker.event("failed", { id: bad.id, attempt: 1 });
  top.type("\u001b");
  await top.shows(/AGO TRIES/);
  // A job that runs: cancelled, when it is meant.
  top.type("2");
  await top.shows(/> shop\.slow /);
  top.type("C");
  await top.shows(/cancel job shop\.slow \w+\? {2}y: yes/);
  top.type("n");
  await top.shows(/nothing was done/);
  top.type("Cy");
  await top.shows(/cancelled job shop\.slow|cancel job shop\.slow \w+: its handler was told to stop/);
  await worker.event("failed", { id: slow.id });
  // A schedule runs, and is paused; so is the queue; the worker rests.
  top.type("4");
  await top.shows(/> shop\.daily /);
  top.type("ny");
  await top.shows(/enqueued a run of schedule shop\.daily/);
  await worker.event("completed", { job: "shop.tidy" });
  top.type("p");
  await top.shows(/paused schedule shop\.daily/);
  await top.shows(/> shop\.daily .* paused /);
  top.type("1p");
  await top.shows(/paused queue shop/);
  await top.shows(/\(paused\) shop/);
  top.type("p");
  await top.shows(/resumed queue shop/);
  top.type("3p");
  await top.shows(/quieted worker web-1/);
  await worker.event("quiet");

  top.type("q");
  expect(await top.exited).toBe(0);
  expect(top.text().startsWith(enter)).toBe(true);
  expect(top.text().endsWith(leave)).toBe(true);
});

test.skipIf(!hasScript)("signals and stray errors leave the terminal as it was", async () => {
  const stray = `data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("stray")})`;
  const ends = async (signal: NodeJS.Signals) => {
    const top = open({ env: { NODE_OPTIONS: `--import=${encodeURI(stray)}` } });
    await top.shows(/\[1 queues/);
    process.kill(childOf(top.pid), signal);
    const code = await top.exited;
    const [, after] = top.text().split(leave);
    return { code, after };
  };
  const [term, hup, int, thrown] = await Promise.all([
    ends("SIGTERM"),
    ends("SIGHUP"),
    ends("SIGINT"),
    ends("SIGUSR2"),
  ]);
  for (const end of [term, hup, int]) expect(end).toEqual({ code: 0, after: "" });
  expect(thrown.code).toBe(1);
  expect(thrown.after).toContain("nobody caught an error: stray");
});

test.skipIf(!hasScript)("Ctrl-Z gives the shell its screen, and all is drawn again when it goes on", async () => {
  const top = open({ rows: 30, columns: 100 });
  await top.shows(/\[1 queues/);
  process.kill(childOf(top.pid), "SIGTSTP");
  // The program that made the terminal stops with what runs there, and wakes it.
  await vi.waitFor(() => expect(stateOf(top.pid)).toBe("T"), 90_000);
  process.kill(top.pid, "SIGCONT");
  await top.shows(/\[\?1049l.*\[\?1049h.*taskq top.*\[30;1H.*q leave/s);
  top.type("q");
  expect(await top.exited).toBe(0);
});

test.skipIf(!hasScript)("a broker that goes is said, and comes back; only what changes is written", async () => {
  const top = open({ env: { NO_COLOR: "1" } });
  await top.shows(/\[1 queues/);
  await redis.kill();
  await top.shows(/no broker for .* \((?:connection refused|the connection was closed)\), this is old/);
  await redis.restart();
  await top.shows(/0 workers/);
  const before = top.text().length;
  const admin = new Redis(redis.adminUrl);
  await admin.sadd(`${project.prefix}:taskq:queues`, "later");
  admin.disconnect();
  await top.shows(/\[1 queues 1\].*> later/s);
  top.type("/");
  await top.shows(/\/█/);
  const changes = top.text().slice(before).split("\u001b[?2026h").at(-1)!;
  // One line, in one piece: the filter's.
  expect(changes).toMatch(/^\S+\/█ {2}enter: keep, esc: clear\S+$/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
  expect(top.text()).not.toMatch(/\u001b\[[\d;]*m/);
  top.type("\u0003");
  expect(await top.exited).toBe(0);
});

const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))![1];

/** What runs on the terminal: `script` starts one process. */
function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim());
}
