import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build, type Format } from "esbuild";
import { expect, test } from "vitest";
import { createProject } from "../helpers/cli.ts";
import { testRedis } from "../helpers/redis.ts";

const { url: broker } = await testRedis();
const project = createProject({ broker, jobs: { "mail/jobs/tasks.js": "export async function send() {}" } });
const run = promisify(execFile);

const app = `
  import { createClient } from "taskq";
  import manifest from "./taskq-manifest.json" with { type: "json" };

  async function main() {
    const options = process.argv[3] ? {} : { manifest };
    const taskq = await createClient({ broker: process.argv[2], ...options });
    console.log(JSON.stringify(await taskq.enqueue("mail.send", { to: "ada" })));
    await taskq.close();
  }
  main().catch(({ code, hint }) => console.log(JSON.stringify({ code, hint })));
`;
/** ioredis is CommonJS: in a bundle of ES modules it needs a `require`. */
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

async function bundle(format: Format) {
  const outfile = join(project.root, format === "esm" ? "app.mjs" : "app.cjs");
  const { metafile } = await build({
    stdin: { contents: app, resolveDir: project.root },
    bundle: true,
    platform: "node",
    format,
    outfile,
    metafile: true,
    logLevel: "error",
    ...(format === "esm" && { banner: { js: banner } }),
  });
  const packages = Object.keys(metafile.inputs).map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  const start = async (...args: string[]) =>
    JSON.parse((await run(process.execPath, [outfile, broker, ...args])).stdout);
  return { packages: new Set(packages), start };
}

test.each(["esm", "cjs"] as const)(
  "a bundled app (%s) enqueues by the manifest, and holds no part of a worker",
  async (format) => {
    await project.json("types");
    const { packages, start } = await bundle(format);

    expect([...packages]).toEqual(expect.arrayContaining(["bullmq", "ioredis"]));
    for (const absent of ["jiti", "fast-glob", "commander", "get-tsconfig", "chalk", "zod"]) {
      expect(packages).not.toContain(absent);
    }
    const { id } = await start();
    expect(await project.json("job", "show", id)).toMatchObject({
      job: "mail.send",
      state: "waiting",
      args: { to: "ada" },
    });
    expect(await start("without")).toEqual({ code: "NO_JOBS", hint: expect.stringContaining("taskq types") });
  },
);
