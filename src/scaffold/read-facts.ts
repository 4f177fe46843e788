import { existsSync, readFileSync } from "node:fs";
import { join, normalize, relative, resolve, sep } from "node:path";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";
import type { ShipFacts } from "./facts.ts";
import { toSlug } from "./slug.ts";

/** What the command line says of the deployed project, each a text as it was typed. */
export interface ShipOptions {
  readonly name?: string | undefined;
  readonly user?: string | undefined;
  readonly directory?: string | undefined;
  readonly processes?: string | undefined;
  readonly http?: string | undefined;
}

/** Looks at the project in `cwd`. `configFile` is what `--config` named. */
export function readFacts(
  cwd: string,
  { app, shutdownTimeoutMs, startupTimeoutMs }: ResolvedConfig,
  configFile: string | undefined,
  options: ShipOptions,
): ShipFacts {
  const { name = app, user, directory, processes, http } = options;
  const slug = toSlug(name);
  mustFit("--user", user, /^(?:[a-z_][a-z0-9_-]{0,30}|\d+)$/i, "a user's name or number");
  mustFit("--directory", directory, /^\/[^\p{Cc}]*$/u, "an absolute path");
  mustFit("--processes", processes, /^(?:[1-9]\d*|max)$/, "a whole number from 1, or max");
  mustFit("--http", http, /^(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/, "a port");

  const config = configFile === undefined ? undefined : normalize(relative(cwd, resolve(cwd, configFile)));
  return {
    name,
    slug,
    user: user ?? slug,
    directory: directory ?? `/srv/${slug}`,
    configFile: config,
    outputFolder: config === undefined ? undefined : outputFolderOf(cwd, config),
    builds: hasBuildScript(cwd),
    packageManager: packageManagerOf(cwd),
    nodeMajor: Number(process.versions.node.split(".")[0]),
    processes,
    httpPort: http === undefined ? undefined : Number(http),
    shutdownTimeoutMs,
    startupTimeoutMs,
  };
}

function mustFit(flag: string, value: string | undefined, form: RegExp, wanted: string): void {
  if (value === undefined || form.test(value)) return;
  throw new TaskqError("USAGE", `${flag} must be ${wanted}, not "${value}"`);
}

/** A config in JavaScript in a folder of a project that builds is compiled: the folder holds all that runs. */
function outputFolderOf(cwd: string, config: string): string | undefined {
  const [folder, ...rest] = config.split(sep);
  const isCompiled = rest.length > 0 && folder !== ".." && /\.[cm]?js$/.test(config);
  return isCompiled && (hasBuildScript(cwd) || existsSync(join(cwd, "tsconfig.json"))) ? folder : undefined;
}

function packageManagerOf(cwd: string): ShipFacts["packageManager"] {
  return existsSync(join(cwd, "pnpm-lock.yaml")) ? "pnpm" : "npm";
}

function hasBuildScript(cwd: string): boolean {
  try {
    return typeof JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")).scripts?.build === "string";
  } catch {
    return false; // absent or broken: it builds nothing
  }
}
