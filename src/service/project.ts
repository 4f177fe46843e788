import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import type { OnEvent } from "../runner/events.ts";
import { type Opened, runShutdown, runStartup } from "./startup.ts";

/** Startup files run before the first job, those of the given domains alone. Where one fails, what the others opened is closed again. */
export async function openProject(
  config: ResolvedConfig,
  catalog: Catalog,
  domains: ReadonlySet<string>,
  onEvent: OnEvent,
): Promise<Opened> {
  const hooks = catalog.startup.filter(({ domain }) => domains.has(domain));
  const opened = await runStartup(hooks, config.startupTimeoutMs);
  if (!opened.failure) return { ...opened, domains };
  await closeProject(catalog, opened, config.shutdownTimeoutMs, onEvent);
  throw opened.failure;
}

/** Shutdown files of the opened domains, after the last job. Returns how many failed. */
export async function closeProject(
  catalog: Catalog,
  opened: Opened,
  budgetMs: number,
  onEvent: OnEvent,
): Promise<number> {
  const hooks = catalog.shutdown.filter(({ domain }) => opened.domains.has(domain));
  const failed = await runShutdown(hooks, opened, budgetMs);
  for (const { hook, error } of failed) onEvent({ type: "hookFailed", hook, error });
  return failed.length;
}
