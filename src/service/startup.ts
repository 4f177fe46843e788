import { setTimeout as wait } from "node:timers/promises";
import { maskSecrets } from "../definition/mask-url.ts";
import { messageOf } from "../definition/message-of.ts";
import type { Hook } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";

/** What the startup files opened, and how to close it again. */
export interface Opened {
  readonly state: Record<string, unknown>;
  /** The domains whose startup ran: only their shutdown files run. */
  readonly domains: ReadonlySet<string>;
  readonly disposables: readonly { readonly name: string; readonly dispose: () => unknown }[];
}

/** Runs startup files one after another; what they return is merged. Throws STARTUP_FAILED with what was opened until then. */
export async function runStartup(
  hooks: readonly Hook[],
  timeoutMs: number,
): Promise<Opened & { readonly failure?: TaskqError }> {
  const state: Record<string, unknown> = {};
  const origin = new Map<string, string>();
  const disposables: { name: string; dispose: () => unknown }[] = [];
  const domains = new Set<string>();
  const deadlineMs = Date.now() + timeoutMs;

  for (const hook of hooks) {
    try {
      const opened = await bounded(hook.name, async () => hook.run({ state }), deadlineMs - Date.now());
      domains.add(hook.domain);
      for (const [key, value] of Object.entries((opened ?? {}) as object)) {
        refuseTwin(key, hook.name, origin);
        state[key] = value;
        const dispose = disposerOf(value);
        if (dispose) disposables.push({ name: `${hook.name}.${key}`, dispose });
      }
    } catch (error) {
      const failure =
        error instanceof TaskqError
          ? error
          : new TaskqError("STARTUP_FAILED", `the startup of ${hook.name} (${hook.file}) failed: ${messageOf(error)}`, {
              cause: traceOf(error),
            });
      return { state, domains, disposables, failure };
    }
  }
  return { state, domains, disposables };
}

/** Runs shutdown files and disposals in reverse order, each bounded, all of them even when one fails. Returns what failed. */
export async function runShutdown(
  hooks: readonly Hook[],
  { state, disposables }: Opened,
  budgetMs: number,
): Promise<{ readonly hook: string; readonly error: string }[]> {
  const failed: { hook: string; error: string }[] = [];
  const deadlineMs = Date.now() + budgetMs;
  const steps = [
    ...[...hooks].reverse().map(({ name, run }) => ({ name, run: async () => run({ state }) })),
    ...[...disposables].reverse().map(({ name, dispose }) => ({ name, run: async () => dispose() })),
  ];

  for (const { name, run } of steps) {
    try {
      await bounded(name, run, Math.max(deadlineMs - Date.now(), 100));
    } catch (error) {
      failed.push({ hook: name, error: messageOf(error) });
    }
  }
  return failed;
}

async function bounded<Value>(name: string, run: () => Promise<Value>, ms: number): Promise<Value> {
  const enough = new AbortController();
  const late = wait(ms, undefined, { signal: enough.signal }).then(() => {
    throw new TaskqError("STARTUP_FAILED", `${name} did not end within ${ms} ms`);
  });
  late.catch(() => {});
  return Promise.race([run(), late]).finally(() => enough.abort());
}

function refuseTwin(key: string, hook: string, origin: Map<string, string>): void {
  const twin = origin.get(key);
  if (twin !== undefined) {
    throw new TaskqError("STATE_DUPLICATE", `${twin} and ${hook} both return the state "${key}"`, {
      hint: "Rename one of the two keys.",
    });
  }
  origin.set(key, hook);
}

function disposerOf(value: unknown): (() => unknown) | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { [Symbol.asyncDispose]: later, [Symbol.dispose]: now } = value as Partial<AsyncDisposable & Disposable>;
  const dispose = later ?? now;
  return dispose && (() => dispose.call(value));
}

/** What is thrown may have neither a stack nor a text. */
function traceOf(thrown: unknown): string {
  try {
    return maskSecrets(String(thrown instanceof Error ? thrown.stack : thrown));
  } catch {
    return messageOf(thrown);
  }
}
