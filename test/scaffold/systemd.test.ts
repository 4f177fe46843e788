import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { generateSystemd } from "../../src/scaffold/systemd.ts";
import { facts } from "./facts.ts";

const folder = mkdtempSync(join(tmpdir(), "taskq-unit-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Settings by their names, the later over the earlier. */
const settingsOf = (unit: string) =>
  Object.fromEntries([...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));

/** Has systemd itself read the unit. */
function analyze(unit: string, ...words: string[]) {
  const file = join(folder, "shop.service");
  writeFileSync(file, unit);
  const { stdout, stderr, status } = spawnSync("systemd-analyze", [...words, file], { encoding: "utf8" });
  return { stdout, stderr, status };
}

const lacksAnalyze = spawnSync("systemd-analyze", ["--version"]).status !== 0;
const why = "systemd-analyze is not on this machine";
const spaced = { ...facts, name: "My 100% Shop", directory: "/srv/my shop", configFile: 'di st/$a%b"c\\.js' };

test("docs/systemd/taskq.service is what is generated for a shop", () => {
  const page = new URL("../../docs/systemd/taskq.service", import.meta.url);
  const how =
    "run `node dist/bin/taskq.js generate systemd --name shop --config dist/taskq.config.js --output … --force`";
  expect(readFileSync(page, "utf8"), how).toBe(generateSystemd(facts));
});

test("systemd is told what the worker does, and waits as long as the config says", () => {
  expect(settingsOf(generateSystemd({ ...facts, shutdownTimeoutMs: 60_500, startupTimeoutMs: 120_000 }))).toMatchObject(
    {
      Type: "notify",
      NotifyAccess: "main",
      WatchdogSec: "180",
      User: "shop",
      WorkingDirectory: "/srv/shop",
      ExecStart: "node node_modules/taskq/dist/bin/taskq.js run-worker --config dist/taskq.config.js",
      TimeoutStopSec: "66",
      TimeoutStartSec: "150",
      KillMode: "mixed",
      KillSignal: "SIGTERM",
      Restart: "on-failure",
      RestartPreventExitStatus: "2",
    },
  );
});

test("only a pool can be reloaded", () => {
  expect(settingsOf(generateSystemd(facts))).not.toHaveProperty("ExecReload");
  expect(settingsOf(generateSystemd({ ...facts, processes: "max" }))).toMatchObject({
    ExecStart: expect.stringMatching(/ run-worker .*--processes max$/),
    ExecReload: "kill -HUP $MAINPID",
  });
});

test("a project under /home can be read", () => {
  expect(settingsOf(generateSystemd({ ...facts, directory: "/home/ann/shop" })).ProtectHome).toBe("read-only");
  expect(settingsOf(generateSystemd({ ...facts, directory: "/homework/shop" })).ProtectHome).toBe("yes");
});

test("names with spaces, quotes and what is special to systemd stay what they are", () => {
  expect(settingsOf(generateSystemd(spaced))).toMatchObject({
    Description: "My 100%% Shop: taskq workers",
    WorkingDirectory: "/srv/my shop",
    ExecStart: expect.stringMatching(/ --config "di st\/\$\$a%%b\\"c\\\\\.js"$/),
  });
});

test("a line break in a name begins no setting", () => {
  const unit = generateSystemd({ ...facts, name: "shop\nUser=root", configFile: "a\nUser=root" });
  expect(unit.match(/^User=.*$/gm)).toEqual(["User=shop"]);
});

test.for([
  ["a single process", facts],
  ["a pool", { ...facts, processes: "4" }],
  ["names with spaces", spaced],
] as const)("systemd finds nothing wrong with the unit of %s", ([, of], { skip }) => {
  skip(lacksAnalyze, why);
  expect(analyze(generateSystemd(of), "verify")).toEqual({ stdout: "", stderr: "", status: 0 });
});

test("systemd finds the unit little exposed: below 2 of 10", ({ skip }) => {
  skip(lacksAnalyze, why);
  expect(analyze(generateSystemd(facts), "security", "--offline=true", "--threshold=20").status).toBe(0);
});
