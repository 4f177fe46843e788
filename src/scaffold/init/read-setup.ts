import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Ending } from "./example.ts";

/** What is in a folder already that matters to a first config and a first domain. */
export interface Setup {
  /** Of files that Node or taskq loads there as they are. */
  readonly ending: Ending;
  /** Whether the files' `import … from "taskq"` finds it. */
  readonly isInstalled: boolean;
  /** The text of .gitignore; empty where a repository begins here without one, undefined where there is neither. */
  readonly gitignore: string | undefined;
  /** Config and job files, from the folder. */
  readonly present: readonly string[];
}

/** Where the example's domain is put: the config's default finds it there. */
export const exampleFolder = "src/app/domain/example/jobs";

export function readSetup(cwd: string): Setup {
  return {
    ending: endingOf(cwd),
    isInstalled: resolves(cwd),
    gitignore: read(join(cwd, ".gitignore")) ?? (existsSync(join(cwd, ".git")) ? "" : undefined),
    present: [
      ...list(cwd, /^taskq\.config\.[cm]?[jt]s$/),
      ...list(join(cwd, exampleFolder), /^(?:tasks|scheduled)(?:\.[cm]?[jt]s)?$/).map(
        (name) => `${exampleFolder}/${name}`,
      ),
    ],
  };
}

/** A package without a trace of TypeScript gets JavaScript; where nothing is yet, taskq loads TypeScript by itself. */
function endingOf(cwd: string): Ending {
  const text = read(join(cwd, "package.json"));
  if (text === undefined || existsSync(join(cwd, "tsconfig.json"))) return "ts";
  const { type, dependencies, devDependencies } = parse(text);
  if ({ ...dependencies, ...devDependencies }.typescript !== undefined) return "ts";
  return type === "module" ? "js" : "mjs";
}

function parse(text: string): { type?: unknown; dependencies?: Packages; devDependencies?: Packages } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {}; // broken: it says nothing
  }
}

type Packages = Readonly<Record<string, unknown>>;

function resolves(cwd: string): boolean {
  try {
    createRequire(join(cwd, "taskq.config.js")).resolve("taskq/package.json");
    return true;
  } catch {
    return false;
  }
}

/** What cannot be read is told when it is to be written to. */
function list(folder: string, names: RegExp): string[] {
  try {
    return readdirSync(folder).filter((name) => names.test(name));
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
