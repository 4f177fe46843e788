import { execFile } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createProject, type Project } from "../helpers/cli.ts";

const tsc = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));
const tasks = `
  import { defineJob } from "taskq";
  import { z } from "zod";
  export const send = defineJob({
    args: z.object({ to: z.string(), copies: z.number().default(1) }),
    handler: async ({ copies }) => ({ sent: copies }),
  });
  export async function prune(args: { days: number }) { return args.days > 1; }
  export default defineJob({ name: "mail.digest", handler: async () => {} });
`;
const files = ["taskq-env.d.ts", "taskq-manifest.json"];
const createShop = () => createProject({ jobs: { "mail/jobs/tasks.ts": tasks } });
const path = ({ root }: Project, ...names: string[]) => join(root, ...names);
const statesOf = (state: string, names = files) => names.map((file) => ({ file, state }));

test("both files are written beside the config, and a second time only when jobs have changed", async () => {
  const shop = createShop();

  expect(await shop.json("types")).toEqual(statesOf("written"));
  expect(await shop.json("types")).toEqual(statesOf("unchanged"));
  const manifest = readFileSync(path(shop, "taskq-manifest.json"), "utf8");
  expect(JSON.parse(manifest).jobs.map(({ name }: { name: string }) => name)).toEqual([
    "mail.digest",
    "mail.prune",
    "mail.send",
  ]);
  expect(manifest).not.toContain(shop.root);
  appendFileSync(path(shop, "src/app/domain/mail/jobs/tasks.ts"), "export async function late() {}\n");
  expect(await shop.json("types")).toEqual(statesOf("written"));
});

test("--check writes nothing, names what is not up to date, and ends with 1", async () => {
  const shop = createShop();
  const check = async () => {
    const { stdout, code } = await shop.taskq("types", "--check", "--json");
    return { files: JSON.parse(stdout), code };
  };

  expect(await check()).toEqual({ files: statesOf("missing"), code: 1 });
  expect(await check()).toEqual({ files: statesOf("missing"), code: 1 });
  await shop.taskq("types");
  expect(await check()).toEqual({ files: statesOf("unchanged"), code: 0 });
  writeFileSync(path(shop, "taskq-manifest.json"), "{}");
  const { stdout, code } = await shop.taskq("types", "--check");
  expect({ stdout, code }).toEqual({
    stdout: "taskq-env.d.ts is up to date\ntaskq-manifest.json differs from the jobs: run `taskq types`\n",
    code: 1,
  });
});

test("TypeScript derives args and results from the written file, wherever it lies", async () => {
  const shop = createShop();
  await shop.json("types", "--output", "web/types");
  writeFileSync(path(shop, "web/tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*"] }));
  writeFileSync(path(shop, "web/app.ts"), app);

  const { stdout } = await promisify(execFile)(tsc, ["-p", path(shop, "web")]).catch((failed) => failed);
  expect(stdout).toBe("");
});

const compilerOptions = {
  module: "nodenext",
  target: "es2023",
  lib: ["es2024", "esnext.disposable"],
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};
const app = `
  import { type ResultOf, createClient } from "taskq";
  import manifest from "./types/taskq-manifest.json" with { type: "json" };

  const taskq = await createClient({ manifest });
  await taskq.enqueue("mail.send", { to: "ada" });
  await taskq.enqueue("mail.prune", { days: 3 });
  await taskq.enqueue("mail.digest", {});
  const sent: ResultOf<"mail.send"> = { sent: 3 };
  const pruned: ResultOf<"mail.prune"> = true;
  // @ts-expect-error: a wrong name
  await taskq.enqueue("mail.sent", { to: "ada" });
  // @ts-expect-error: a wrong arg
  await taskq.enqueue("mail.send", { to: 1 });
  // @ts-expect-error: a missing arg
  await taskq.enqueue("mail.prune", {});
  // @ts-expect-error: a wrong result
  const wrong: ResultOf<"mail.send"> = { sent: "3" };
`;

test("TypeScript checks the names in handlers too, also where jobs lead back to themselves", async () => {
  const shop = createProject({ jobs: { "mail/jobs/tasks.ts": tasks, "flow/jobs/tasks.ts": handlers } });
  await shop.json("types");
  writeFileSync(path(shop, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));

  const { stdout } = await promisify(execFile)(tsc, ["-p", shop.root]).catch((failed) => failed);
  expect(stdout).toBe("");
});

const handlers = `
  import { defineJob, type JobContext, type Receipt } from "taskq";
  import { z } from "zod";
  export const start = defineJob({
    args: z.object({ left: z.string().transform(Number) }),
    async handler({ left }, { enqueue }) {
      await enqueue("mail.digest");
      await enqueue("flow.start", { left: String(left - 1) });
      await enqueue("flow.next", { left });
      // @ts-expect-error: a number is what the handler gets
      await enqueue("flow.start", { left });
      // @ts-expect-error: a wrong name
      await enqueue("mail.sent", { to: "ada" });
      // @ts-expect-error: a wrong arg
      await enqueue("mail.send", { wrong: 1 });
      // @ts-expect-error: its args are missing
      await enqueue("mail.prune");
      return { left };
    },
  });
  export async function next({ left }: { left: number }, { enqueue }: JobContext) {
    await enqueue(start, { left: String(left) });
  }
  export async function last(_args: {}, { enqueue }: JobContext): Promise<Receipt> {
    return enqueue("flow.last");
  }
`;

test("a folder that cannot be written to is said in one sentence", async () => {
  const shop = createShop();
  writeFileSync(path(shop, "web"), "");

  const { stdout, stderr, code } = await shop.taskq("types", "--output", "web");

  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toContain("web/taskq-env.d.ts cannot be written: ");
});
