import fs, { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { watchFiles } from "../../../src/service/dev/watch-files.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "taskq-watch-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const fail = (reason: string) => {
  throw new Error(reason);
};

test("why files are not watched is said once", async () => {
  for (const folder of ["a", "b"]) mkdirSync(join(root, "many", folder), { recursive: true });
  const { watch } = fs;
  // As where every watch that the system has is in use: to use them up would disturb others.
  fs.watch = () => {
    throw Object.assign(new Error("ENOSPC: System limit for number of file watchers reached"), { code: "ENOSPC" });
  };
  syncBuiltinESMExports();
  try {
    const told: string[] = [];
    const watched = await watchFiles(
      join(root, "many"),
      () => {},
      (reason) => void told.push(reason),
    );
    expect(told).toEqual([expect.stringMatching(/^ENOSPC: /)]);
    await watched.close();
  } finally {
    fs.watch = watch;
    syncBuiltinESMExports();
  }
}, 60_000);

test("source files are told, also in folders that are new; packages, hidden folders and data are not", async () => {
  for (const folder of ["src", "node_modules/a", ".taskq"]) mkdirSync(join(root, folder), { recursive: true });
  const told: string[] = [];
  const watch = await watchFiles(root, (files) => void told.push(...files), fail);

  for (const file of ["node_modules/a/index.js", ".taskq/x.js", "data.json", "src/notes.md"]) {
    writeFileSync(join(root, file), "");
  }
  mkdirSync(join(root, "src/jobs/tasks"), { recursive: true });
  for (const file of ["src/jobs/tasks/mail.ts", "src/a.mjs", ".env", "tsconfig.json"])
    writeFileSync(join(root, file), "");

  await expect
    .poll(() => [...new Set(told)].sort())
    .toEqual([".env", "src/a.mjs", "src/jobs/tasks/mail.ts", "tsconfig.json"]);
  await watch.close();
});
