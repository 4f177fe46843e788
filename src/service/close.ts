import type { Catalog } from "../discovery/catalog.ts";
import type { OnEvent, RunnerEvent } from "../runner/events.ts";
import { type Opened, runShutdown } from "./hooks.ts";
import type { Parts, Service, ServiceOptions } from "./service.ts";

export interface ClosableService extends Service {
  readonly count: (event: RunnerEvent) => void;
  /** Aborts when the closing begins. */
  readonly closing: AbortSignal;
}

/** What shutdown files have when the jobs used the whole time up. */
const leastForHooksMs = 2_000;

/** The end of a service: take no more, wait, abort, put back, shutdown hooks, goodbye. Always within its time and two seconds. */
export function closeService(options: ServiceOptions, parts: Parts): ClosableService {
  const { onEvent } = options;
  const closing = new AbortController();
  const hurry = new AbortController();
  const counts = { completed: 0, failed: 0, putBack: 0 };
  let resolve: (code: number) => void;
  const ended = new Promise<number>((settle) => {
    resolve = settle;
  });

  function count({ type }: RunnerEvent): void {
    if (type === "completed" || type === "failed" || type === "putBack") counts[type]++;
  }

  async function close(reason: string): Promise<void> {
    if (closing.signal.aborted) return;
    closing.abort();
    const { config, catalog } = options;
    const { runner, presence, opened, burst, broker, stopWatching } = parts;
    const startedMs = performance.now();
    onEvent({ type: "closing", reason, active: runner.active().length, timeoutMs: config.shutdownTimeoutMs });
    presence.closing();

    const { unfinished } = await runner.close(hurry.signal);
    const leftMs = config.shutdownTimeoutMs - (performance.now() - startedMs);
    const hooksFailed = await closeProject(catalog, opened, Math.max(leftMs, leastForHooksMs), onEvent);
    await atMost(1_000, presence.end());
    stopWatching();
    await broker.close();
    onEvent({ type: "closed", ...counts, unfinished });
    resolve(unfinished > 0 || hooksFailed > 0 || burst?.failed() ? 1 : 0);
  }

  return {
    close: (reason) => void close(reason),
    hurry: () => hurry.abort(),
    ended,
    count,
    closing: closing.signal,
  };
}

/** Shutdown files of the domains whose startup is done, after the last job. Returns how many failed. */
export async function closeProject(catalog: Catalog, opened: Opened, budgetMs: number, onEvent: OnEvent): Promise<number> {
  const started = new Set(catalog.startup.map(({ domain }) => domain));
  // A domain without startup files has nothing that could have failed to open.
  const hooks = catalog.shutdown.filter(({ domain }) => opened.domains.has(domain) || !started.has(domain));
  const failed = await runShutdown(hooks, opened, budgetMs);
  for (const { hook, error } of failed) onEvent({ type: "hookFailed", hook, error });
  return failed.length;
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())]);
}
