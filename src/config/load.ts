import { dirname, relative } from "node:path";
import { maskSecrets } from "../definition/mask-url.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { showValue } from "../definition/show-value.ts";
import { TaskqError } from "../errors.ts";
import { createLoader } from "../loader/loader.ts";
import { loadEnvFile } from "./env-file.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { findConfig } from "./find.ts";
import { readPackageName } from "./package-name.ts";
import { resolveConfig } from "./resolve.ts";
import type { Flags } from "./sources.ts";

export interface LoadOptions {
  /** Where the config is looked for, and what named files start from. */
  readonly cwd: string;
  /** The config itself, of `--config`. Default: `taskq.config.*` in `cwd`. */
  readonly file?: string | undefined;
  /** Default: the `.env` beside the config, if there is one. */
  readonly envFile?: string | null | undefined;
  readonly flags?: Flags;
  /** Whether to refuse a folder without a config. Default true. */
  readonly required?: boolean;
}

/** Finds the config, reads its `.env`, imports it and resolves it. */
export async function loadConfig(options: LoadOptions): Promise<ResolvedConfig> {
  const { cwd, envFile, flags, required = true } = options;
  const file = findConfig({ cwd, named: options.file, required });
  const root = file ? dirname(file) : cwd;
  if (envFile !== null) loadEnvFile({ root, cwd, named: envFile });
  const env = readEnvironment();
  const config = file ? await importConfig(file, relative(cwd, file), env) : {};

  return resolveConfig({ file, root, config, env, flags, packageName: readPackageName(root) });
}

async function importConfig(file: string, shown: string, env: Environment): Promise<unknown> {
  const said = await attempt(shown, async () => {
    const exports = await createLoader(dirname(file), execArgvOf(env)).load(file);
    if (!("default" in exports)) throw missingDefault(shown);
    return typeof exports.default === "function" ? exports.default({ env }) : exports.default;
  });
  if (typeof said === "object" && said !== null && !Array.isArray(said)) return said;
  throw new TaskqError(
    "CONFIG_INVALID",
    `${shown} must export an object or a function of one, not ${showValue(said)}`,
    {
      hint: "Export the config as the default: `export default {};`.",
    },
  );
}

/** A config is a program: what it throws may quote the broker's URL. */
async function attempt(shown: string, work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TaskqError) throw cause;
    const { message = String(cause), stack } = Object(cause) as { message?: string; stack?: string };
    throw new TaskqError("CONFIG_INVALID", `${shown} threw: ${maskSecrets(message)}`, {
      cause: maskSecrets(stack ?? message),
    });
  }
}

function missingDefault(shown: string): TaskqError {
  return new TaskqError("CONFIG_INVALID", `${shown} has no default export`, {
    hint: "Export the config as the default: `export default {};`.",
  });
}

/** A TypeScript loader may be in NODE_OPTIONS, which the arguments do not show. */
const execArgvOf = (env: Environment) => [...process.execArgv, ...(env.NODE_OPTIONS ?? "").split(/\s+/)];
