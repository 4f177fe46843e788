import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TaskqError } from "../../errors.ts";
import type { PlannedFile } from "./plan.ts";

/** Writes what is planned: all folders first, so that nothing is written where one cannot be made. */
export function writePlanned(cwd: string, files: readonly PlannedFile[]): void {
  for (const { path, text } of files) {
    if (text !== undefined) attempt(path, () => mkdirSync(dirname(join(cwd, path)), { recursive: true }));
  }
  for (const { path, text, isAppended = false } of files) {
    if (text === undefined) continue;
    const file = join(cwd, path);
    attempt(path, () => (isAppended ? appendFileSync(file, text) : writeFileSync(file, text, { flag: "wx" })));
  }
}

function attempt(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new TaskqError("USAGE", `${path} cannot be written: ${(cause as Error).message}`, {
      hint: "Run `taskq init` in a folder that you may write to, and where no file has the name of one of these folders.",
      cause,
    });
  }
}
