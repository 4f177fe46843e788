import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createFolder, createProject, type Project, taskq } from "../helpers/cli.ts";

const tsc = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));
const folder = "src/app/domain/example/jobs";
const namesIn = (ending: string) => [
  `taskq.config.${ending}`,
  `${folder}/tasks.${ending}`,
  `${folder}/scheduled.${ending}`,
];
const next = "\nNext:\n  npx taskq run example.greet name=Ada\n  npx taskq dev\n";

/** A folder in which taskq is installed, with these files and no others. */
function createBare(files: Readonly<Record<string, string>>): Project {
  const project = createProject({ config: null });
  rmSync(join(project.root, "package.json"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project.root, name), text);
  return project;
}

const strict = JSON.stringify({
  compilerOptions: {
    module: "nodenext",
    target: "es2023",
    lib: ["es2024", "esnext.disposable"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
});

test.each<[string, string, Record<string, string>]>([
  ["nothing", "ts", {}],
  ["TypeScript", "ts", { "package.json": '{ "type": "module" }', "tsconfig.json": strict }],
  ["TypeScript of CommonJS", "ts", { "package.json": "{}", "tsconfig.json": "{}" }],
  ["TypeScript without its config", "ts", { "package.json": '{ "devDependencies": { "typescript": "*" } }' }],
  ["JavaScript of ES modules", "js", { "package.json": '{ "type": "module" }' }],
  ["JavaScript of CommonJS", "mjs", { "package.json": '{ "name": "shop" }' }],
])("in a folder of %s the files are .%s, and check and run take them as they are", async (_what, ending, files) => {
  const project = createBare(files);
  const { stdout, stderr, code } = await project.taskq("init");

  expect({ code, stderr }).toEqual({ code: 0, stderr: next });
  expect(stdout).toBe(
    namesIn(ending)
      .map((name) => `${name} is written\n`)
      .join(""),
  );
  expect(await project.json("check")).toMatchObject({
    jobs: [{ name: "example.greet" }],
    schedules: [{ name: "example.greet" }],
    errors: [],
    warnings: [],
  });
  expect(await project.json("run", "example.greet", "name=Ada")).toBe("hello, Ada");
});

test("TypeScript has nothing to say against the files, under strict rules", async () => {
  const project = createBare({ "package.json": '{ "type": "module" }', "tsconfig.json": strict });
  await project.taskq("init");

  const { stdout } = await promisify(execFile)(tsc, ["-p", project.root]).catch((failed) => failed);
  expect(stdout).toBe("");
});

test("a worker runs what was written, on the private broker", async () => {
  const project = createBare({ "package.json": '{ "type": "module" }' });
  await project.taskq("init");
  const worker = project.worker("--verbose", "--broker", "embedded");
  await worker.event("started", { schedules: 1 });

  const { id } = await project.json("enqueue", "example.greet", "--broker", "embedded");
  await worker.event("completed", { id });
  worker.signal("SIGTERM");
  expect(await worker.exited).toBe(0);
  expect(existsSync(join(project.root, ".taskq"))).toBe(true);
});

test("the broker is left to the environment: a private one is never chosen in silence", async () => {
  const project = createBare({ "package.json": '{ "type": "module" }' });
  await project.taskq("init");
  await project.taskq("stats"); // of a Redis on this machine, if there is one
  expect(existsSync(join(project.root, ".taskq"))).toBe(false);

  const { code } = await taskq(["check"], { cwd: project.root, env: { REDIS_URL: "" } });
  expect(code).toBe(0);
}, 60_000);

test("nothing that is there is overwritten, and a second time there is nothing to do", async () => {
  const project = createBare({ "taskq.config.mjs": "export default { app: 'mine' };" });

  expect(await project.json("init")).toMatchObject([
    { path: "taskq.config.mjs", written: false, text: null },
    { path: `${folder}/tasks.ts`, written: true, text: expect.stringContaining("defineJob") },
    { path: `${folder}/scheduled.ts`, written: true },
  ]);
  expect(readFileSync(join(project.root, "taskq.config.mjs"), "utf8")).toBe("export default { app: 'mine' };");
  expect(existsSync(join(project.root, "taskq.config.ts"))).toBe(false);

  const { stdout, code } = await project.taskq("init");
  expect(code).toBe(0);
  expect(stdout).toContain("tasks.ts is there already, and is left alone\n");
  expect(stdout).toMatch(/\nAll is there: nothing is to be written\.\n$/);
});

test("--dry-run shows the files and writes none", async () => {
  const project = createBare({ ".gitignore": "dist" });
  const before = readdirSync(project.root);
  const { stdout, code } = await project.taskq("init", "--dry-run");

  expect(code).toBe(0);
  expect(stdout).toContain('  import { defineJob } from "taskq";');
  expect(stdout).toContain(".gitignore would get:\n  .taskq/");
  expect((await project.json("init", "--dry-run")).map(({ written }: { written: boolean }) => written)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(readdirSync(project.root)).toEqual(before);
  expect(readFileSync(join(project.root, ".gitignore"), "utf8")).toBe("dist");
});

test(".gitignore gets the broker's folder, once; where a repository begins without one, it is made", async () => {
  const kept = createBare({ ".gitignore": "dist" });
  await kept.taskq("init");
  await kept.taskq("init");
  expect(readFileSync(join(kept.root, ".gitignore"), "utf8")).toBe("dist\n.taskq/\n");

  const fresh = createBare({});
  mkdirSync(join(fresh.root, ".git"));
  await fresh.taskq("init");
  expect(readFileSync(join(fresh.root, ".gitignore"), "utf8")).toBe(".taskq/\n");
});

test("where taskq is not installed, that comes first", async () => {
  const { stderr, code } = await taskq(["init"], { cwd: createFolder() });

  expect(code).toBe(0);
  expect(stderr).toContain("Next:\n  npm install taskq\n  npx taskq run example.greet");
});

test.each(["src", folder])(
  "a file where %s should be a folder is said in one sentence, and nothing is written",
  async (name) => {
    const project = createBare({});
    mkdirSync(dirname(join(project.root, name)), { recursive: true });
    writeFileSync(join(project.root, name), "a file");
    const { stderr, code } = await project.taskq("init");

    expect(code).toBe(2);
    expect(stderr).toContain(`${folder}/tasks.ts cannot be written: `);
    expect(existsSync(join(project.root, "taskq.config.ts"))).toBe(false);
  },
);
