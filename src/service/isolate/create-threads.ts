import { extname } from "node:path";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { OnEvent } from "../../runner/events.ts";
import { createThreadPool, type ThreadPool } from "../../runner/isolate/pool.ts";

/** The threads of a project's isolated jobs: none, until the first of these runs. */
export function createThreads(config: ResolvedConfig, onEvent: OnEvent): ThreadPool {
  // Beside this file, and compiled or not as this one is.
  const entry = new URL(`./entry${extname(import.meta.url)}`, import.meta.url);
  return createThreadPool({ entry, config, onEvent });
}
