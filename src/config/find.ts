import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { TaskqError } from "../errors.ts";

const names = ["ts", "mts", "cts", "js", "mjs", "cjs"].map((extension) => `taskq.config.${extension}`);

export interface FindOptions {
  readonly cwd: string;
  readonly named: string | undefined;
  readonly required: boolean;
}

/** The config's path: the named file, or `taskq.config.*` in this folder and in no other. */
export function findConfig({ cwd, named, required }: FindOptions): string | undefined {
  if (named !== undefined) {
    const file = resolve(cwd, named);
    if (isFile(file)) return file;
    throw new TaskqError("CONFIG_NOT_FOUND", `no config at ${named}`, {
      hint: "Name a file that exists with --config.",
    });
  }
  const file = names.map((name) => join(cwd, name)).find(isFile);
  if (file || !required) return file;
  throw new TaskqError("CONFIG_NOT_FOUND", `no config in ${cwd}: looked for ${names.join(", ")}`, {
    hint: "Run `taskq init` to write a first one, or name a config with --config.",
  });
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
