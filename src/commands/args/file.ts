import { readFile } from "node:fs/promises";
import { TaskqError } from "../../errors.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is none",
  EACCES: "no permission",
  EISDIR: "it is a folder",
};

/** The text of a file that the command line names. */
export async function readArgsFile(path: string, hint?: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw unreadable(path, error, hint);
  }
}

/** Why a file that the command line names cannot be read. */
export function unreadable(path: string, error: unknown, hint?: string): TaskqError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new TaskqError("USAGE", `cannot read the file "${path}": ${reasons[code] ?? message}`, { hint });
}
