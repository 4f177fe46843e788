import { dirname, relative } from "node:path";
import { expect, test } from "vitest";
import { globalsOf, type Import, importsOf, readSources, type SourceFile } from "./helpers/rooms.ts";

/** The ground floor first. A room knows the floors below it and itself, never a neighbour. */
const floors = [
  ["errors.ts"],
  ["definition", "cron", "loader"],
  ["config", "discovery", "broker"],
  ["runner", "client", "schedule", "inspect", "serve", "scaffold"],
  ["service", "screen", "render"],
  ["commands", "index.ts", "testing.ts", "dashboard.ts"],
  ["bin"],
];
/** Of the largest room the folders too, "." being its top: each knows those before it and itself. */
const brokerFolders = "embedded . store doctor lock-keeper listen schedules worker look enqueue act board".split(" ");
const forbiddenFolders = ["utils", "helpers", "common", "shared", "lib", "types"];
const longest = 150;

const sources = readSources();
const roomOf = (path: string) => path.split("/")[0]!;
const floorOf = (path: string) => floors.findIndex((rooms) => rooms.includes(roomOf(path)));
const isIn = (folder: string) => (path: string) => path.startsWith(folder);
const isBroker = isIn("broker/");
const placeOf = (path: string) => brokerFolders.indexOf(relative("broker", dirname(path)) || ".");
const isLockKeeper = isIn("broker/lock-keeper");

type Rule = (file: SourceFile) => string[];
const breaches = (rule: Rule, files: readonly SourceFile[] = sources) => files.flatMap(rule);

const runsDown: Rule = (file) =>
  ours(file)
    .filter(({ to }) => !mayKnow(file.path, to))
    .map(({ to }) => `${file.path} imports ${to}: ${roomOf(file.path)} may not know ${roomOf(to)}`);

const runsDownInBroker: Rule = (file) =>
  ours(file)
    .filter(({ to }) => isBroker(file.path) && isBroker(to) && placeOf(to) > placeOf(file.path))
    .map(({ to }) => `${file.path} imports ${to}: a folder of broker may know only those before it`);

const keepsBullmqInBroker: Rule = (file) =>
  importsOf(file)
    .filter(({ to }) => (to === "bullmq" || to === "ioredis") && roomOf(file.path) !== "broker")
    .map(({ to }) => `${file.path} imports ${to}: only broker may know it`);

const rendersFromDataAlone: Rule = (file) =>
  roomOf(file.path) !== "render"
    ? []
    : ours(file)
        .filter(({ to, isTypeOnly }) => !isTypeOnly && roomOf(to) !== "render" && to !== "errors.ts")
        .map(({ to }) => `${file.path} imports ${to}: render may take only types from ${roomOf(to)}`);

const leavesTheProcessAlone: Rule = (file) =>
  globalsOf(file)
    .filter((name) => !mayReach(file.path, name))
    .map((name) => `${file.path} uses ${name}: ${roomOf(file.path)} may not`);

const standsInARoom: Rule = ({ path }) => (floorOf(path) < 0 ? [`${path} is in no listed room`] : []);

const hasAName: Rule = ({ path }) =>
  dirname(path)
    .split("/")
    .filter((folder) => forbiddenFolders.includes(folder))
    .map((folder) => `${path}: no folder is called ${folder}`);

const isShort: Rule = ({ path, text }) => {
  const lines = text.trimEnd().split("\n").length;
  return lines > longest ? [`${path} has ${lines} lines: split it`] : [];
};

const ours = (file: SourceFile): Import[] => importsOf(file).filter(({ isOurs }) => isOurs);

function mayKnow(from: string, to: string): boolean {
  return roomOf(from) === roomOf(to) ? floorOf(from) >= 0 : floorOf(to) >= 0 && floorOf(to) < floorOf(from);
}

function mayReach(path: string, name: string): boolean {
  if (name === "process.env") return roomOf(path) === "config";
  if (name === "process.exit" || name === "console") {
    return roomOf(path) === "bin" || (name === "console" && isLockKeeper(path));
  }
  return name !== "process.stderr" || roomOf(path) === "bin" || isLockKeeper(path);
}

test("every import runs down", () => expect(breaches(runsDown)).toEqual([]));
test("every import within broker runs down too", () => expect(breaches(runsDownInBroker)).toEqual([]));
test("only src/broker knows bullmq and ioredis", () => expect(breaches(keepsBullmqInBroker)).toEqual([]));
test("render takes values only from itself and errors.ts", () => expect(breaches(rendersFromDataAlone)).toEqual([]));
test("process.exit and console are bin's, process.env is config's", () => {
  expect(breaches(leavesTheProcessAlone)).toEqual([]);
});
test("every file stands in a listed room", () => expect(breaches(standsInARoom)).toEqual([]));
test("no folder has a name that says nothing", () => expect(breaches(hasAName)).toEqual([]));
test("no file is longer than 150 lines", () => expect(breaches(isShort)).toEqual([]));

test.each([
  ['import { sync } from "../schedule/sync.ts";', "schedule/sync.ts"],
  ['import type { Plan } from "../schedule/plan.ts";', "schedule/plan.ts"],
  ['import "../schedule/sync.ts";', "schedule/sync.ts"],
  ['export * from "../schedule/sync.ts";', "schedule/sync.ts"],
  ['export { sync } from "../schedule/sync.ts";', "schedule/sync.ts"],
  ['const lazy = () => import("../schedule/sync.ts");', "schedule/sync.ts"],
  ['let plan: import("../schedule/plan.ts").Plan;', "schedule/plan.ts"],
  ['new Worker(new URL("../schedule/thread.ts", import.meta.url));', "schedule/thread.ts"],
])("a forbidden import is named: %s", (text, to) => {
  expect(breaches(runsDown, [{ path: "runner/processor.ts", text }])).toEqual([
    `runner/processor.ts imports ${to}: runner may not know schedule`,
  ]);
});

test("an import that runs up is named, and one that stays or runs down is not", () => {
  const imports = (path: string, to: string) => breaches(runsDown, [{ path, text: `import "${to}";` }]);
  expect(imports("broker/store/keys.ts", "../../service/service.ts")).toEqual([
    "broker/store/keys.ts imports service/service.ts: broker may not know service",
  ]);
  expect(imports("service/service.ts", "../index.ts")).toHaveLength(1);
  expect(imports("broker/store/keys.ts", "../broker.ts")).toEqual([]);
  expect(imports("bin/taskq.ts", "../src/commands/program/main.ts")).toEqual([]);
  expect(imports("runner/runner.ts", "../errors.ts")).toEqual([]);
});

test("each of the other rules can fail", () => {
  const of = (rule: Rule, path: string, text: string) => breaches(rule, [{ path, text }]);
  expect(of(runsDownInBroker, "broker/store/x.ts", 'import type { A } from "../look/a.ts";')).toEqual([
    "broker/store/x.ts imports broker/look/a.ts: a folder of broker may know only those before it",
  ]);
  expect(of(runsDownInBroker, "broker/attic/x.ts", 'import "../redis.ts";')).toHaveLength(1);
  expect(of(keepsBullmqInBroker, "client/x.ts", 'import type { Job } from "bullmq";')).toEqual([
    "client/x.ts imports bullmq: only broker may know it",
  ]);
  expect(of(rendersFromDataAlone, "render/x.ts", 'import { a } from "../inspect/a.ts";')).toEqual([
    "render/x.ts imports inspect/a.ts: render may take only types from inspect",
  ]);
  expect(
    of(rendersFromDataAlone, "render/x.ts", 'import { type A } from "../inspect/a.ts"; import "../errors.ts";'),
  ).toEqual([]);
  expect(of(leavesTheProcessAlone, "runner/x.ts", "// process.env\nconst { env } = process; process.exit(1);")).toEqual(
    ["runner/x.ts uses process.env: runner may not", "runner/x.ts uses process.exit: runner may not"],
  );
  expect(of(leavesTheProcessAlone, "runner/x.ts", "console.log(process['env'])")).toHaveLength(2);
  expect(of(leavesTheProcessAlone, "broker/lock-keeper/x.ts", "console.error('x'); process.stderr.write('x')")).toEqual(
    [],
  );
  expect(of(standsInARoom, "attic/x.ts", "")).toEqual(["attic/x.ts is in no listed room"]);
  expect(of(hasAName, "broker/utils/x.ts", "")).toEqual(["broker/utils/x.ts: no folder is called utils"]);
  expect(of(isShort, "broker/x.ts", "a\n".repeat(151))).toEqual(["broker/x.ts has 151 lines: split it"]);
});
