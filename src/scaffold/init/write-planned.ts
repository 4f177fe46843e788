import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { TaskqError } from "../../errors.ts";
import { writeNewFile } from "../write-new-file.ts";
import type { PlannedFile } from "./plan.ts";

/** Writes what is planned. */
export function writePlanned(cwd: string, files: readonly PlannedFile[]): void {
  for (const { path, text, isAppended = false } of files) {
    if (text === undefined) continue;
    const file = join(cwd, path);
    attempt(path, () => {
      mkdirSync(dirname(file), { recursive: true });
      if (isAppended) appendFileSync(file, text);
    });
    if (!isAppended) writeNewFile(file, path, text, false);
  }
}

function attempt(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new TaskqError("USAGE", `${path} cannot be written: ${(cause as Error).message}`, {
      hint: "Run `taskq init` in a folder that you may write to.",
      cause,
    });
  }
}
