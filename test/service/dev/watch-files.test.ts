import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { watchFiles } from "../../../src/service/dev/watch-files.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "taskq-watch-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("source files are told, also in folders that are new; packages, hidden folders and data are not", async () => {
  for (const folder of ["src", "node_modules/a", ".taskq"]) mkdirSync(join(root, folder), { recursive: true });
  const told: string[] = [];
  const watch = await watchFiles(root, (files) => void told.push(...files));

  for (const file of ["node_modules/a/index.js", ".taskq/x.js", "data.json", "src/notes.md"]) {
    writeFileSync(join(root, file), "");
  }
  mkdirSync(join(root, "src/jobs/tasks"), { recursive: true });
  for (const file of ["src/jobs/tasks/mail.ts", "src/a.mjs", ".env", "tsconfig.json"])
    writeFileSync(join(root, file), "");

  await expect
    .poll(() => [...new Set(told)].sort(), { timeout: 30_000 })
    .toEqual([".env", "src/a.mjs", "src/jobs/tasks/mail.ts", "tsconfig.json"]);
  await watch.close();
}, 60_000);
