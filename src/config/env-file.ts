import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { TaskqError } from "../errors.ts";
import { noteOfFile, readEnvironment } from "./environment.ts";

export interface EnvFileOptions {
  /** The folder whose `.env` is read where no file is named. */
  readonly root: string;
  readonly cwd: string;
  readonly named: string | undefined;
}

/** Adds the variables of a `.env` file to the process. One that is set already stays as it is. */
export function loadEnvFile({ root, cwd, named }: EnvFileOptions): void {
  const file = named === undefined ? join(root, ".env") : resolve(cwd, named);
  if (!existsSync(file)) {
    if (named === undefined) return;
    throw new TaskqError("USAGE", `no env file at ${named}`, { hint: "Name a file that exists with --env-file." });
  }
  try {
    const before = readEnvironment();
    process.loadEnvFile(file);
    noteOfFile(Object.keys(readEnvironment()).filter((name) => !(name in before)));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new TaskqError("USAGE", `${named ?? ".env"} cannot be read: ${reason}`, {
      hint: "Make it a file that this user may read.",
      cause,
    });
  }
}
