import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { renderDeclarations } from "./types-declarations.ts";
import { renderManifest } from "./types-manifest.ts";

/** A generated file, and what became of it. */
export interface TypesFile {
  /** From the project's folder. */
  readonly file: string;
  /** `stale` and `missing`: only looked at. */
  readonly state: "written" | "unchanged" | "stale" | "missing";
}

export interface TypesOptions {
  readonly folder: string;
  /** Look, and write nothing. */
  readonly check: boolean;
}

/** Writes the types and the manifest of the jobs, or says whether those that are there still hold. */
export function writeTypes(config: ResolvedConfig, catalog: Catalog, { folder, check }: TypesOptions): TypesFile[] {
  const texts = {
    "taskq-env.d.ts": renderDeclarations(config, catalog, folder),
    "taskq-manifest.json": renderManifest(config, catalog),
  };
  return Object.entries(texts).map(([name, text]) => {
    const path = join(folder, name);
    const file = relative(config.root, path);
    const present = read(path);
    if (present === text) return { file, state: "unchanged" };
    if (check) return { file, state: present === undefined ? "missing" : "stale" };
    write(path, file, text);
    return { file, state: "written" };
  });
}

/** With the line ends that git may have put in. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return undefined;
  }
}

function write(path: string, shown: string, text: string): void {
  try {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new TaskqError("USAGE", `${shown} cannot be written: ${(cause as Error).message}`, {
      hint: "Name a folder that you may write to with `--output`.",
      cause,
    });
  }
}
