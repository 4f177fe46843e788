import type { RunnerEvent } from "../runner/events.ts";
import { beyondCloseMs } from "./beyond-close.ts";
import { operateService } from "./operate.ts";
import type { Parts, Service, ServiceOptions } from "./parts.ts";
import { closeProject } from "./project.ts";

export interface ClosableService extends Service {
  readonly count: (event: RunnerEvent) => void;
  /** Aborts when the closing begins. */
  readonly closing: AbortSignal;
}

/** Of what it may take beyond `shutdownTimeout`, what the hooks of the last jobs may take. */
const leastForHooksMs = 500;
/** The same, what the goodbye to the broker may take. */
const goodbyeMs = 300;

/** The end of a service: take no more, wait, abort, put back, shutdown hooks, goodbye. Always within its time and two seconds. */
export function closeService(options: ServiceOptions, parts: Parts): ClosableService {
  const { onEvent } = options;
  const closing = new AbortController();
  const hurry = new AbortController();
  let hasFailed = false;
  const counts = { completed: 0, failed: 0, putBack: 0 };
  let resolve: (code: number) => void;
  const ended = new Promise<number>((settle) => {
    resolve = settle;
  });

  function count(event: RunnerEvent): void {
    if (event.type === "completed" || event.type === "putBack") counts[event.type]++;
    if (event.type === "failed" && event.final) counts.failed++;
  }

  async function close(reason: string): Promise<void> {
    if (closing.signal.aborted) return;
    closing.abort();
    const { config, catalog } = options;
    const { runner, threads, endHooks, presence, opened, burst, systemd, broker, lockKeeper, watch, http } = parts;
    const startedMs = performance.now();
    onEvent({ type: "closing", reason, active: runner.active().length, timeoutMs: config.shutdownTimeoutMs });
    presence.closing();

    const { unfinished } = await runner.close(hurry.signal);
    const usedMs = performance.now() - startedMs;
    await endHooks?.close(Math.max(config.shutdownTimeoutMs - usedMs, leastForHooksMs));
    const leftMs = config.shutdownTimeoutMs + beyondCloseMs - goodbyeMs - (performance.now() - startedMs);
    const files = [threads.close(leftMs), closeProject(catalog, opened, leftMs, onEvent)];
    const hooksFailed = (await Promise.all(files)).reduce((sum, failed) => sum + failed, 0);
    await atMost(goodbyeMs, Promise.all([presence.end(unfinished), systemd?.end()]));
    lockKeeper.stop();
    watch.stop();
    await broker.close();
    await http?.close();
    onEvent({ type: "closed", ...counts, unfinished });
    resolve(hasFailed || unfinished > 0 || hooksFailed > 0 || burst?.failed() ? 1 : 0);
  }

  return {
    close: (reason) => void close(reason),
    insight: parts.http?.insight,
    fail(reason) {
      hasFailed = true;
      void close(reason);
    },
    hurry: () => hurry.abort(),
    ...operateService(options, parts, closing.signal),
    ended,
    count,
    closing: closing.signal,
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())]);
}
