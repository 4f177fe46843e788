import { setTimeout as wait } from "node:timers/promises";
import type { WorkerProcess } from "../worker-process.ts";
import type { Life, Span } from "./evidence.ts";

/** A place for one worker process: whatever ends, another is started, as a supervisor does. */
export interface Slot {
  readonly lives: readonly Life[];
  readonly isUp: () => boolean;
  readonly waitUntilUp: () => Promise<void>;
  /** SIGKILL; the next one starts after `downMs`. */
  readonly kill: (downMs: number) => void;
  /** SIGTERM; the next one starts `downMs` after its end. */
  readonly close: (downMs: number) => void;
  /** SIGSTOP for `forMs`. */
  readonly stop: (forMs: number) => Promise<void>;
  /** SIGTERM, and no other after it. */
  readonly end: () => Promise<void>;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What a supervisor waits before it starts what ended by itself. */
const restartMs = 1_000;

export function createSlot(start: () => WorkerProcess, signal: AbortSignal): Slot {
  const lives: Life[] = [];
  let worker: WorkerProcess;
  let life: Writable<Life> & { stops: Span[] };
  let downMs = restartMs;
  let isOver = false;

  async function keep(): Promise<void> {
    while (!isOver && !signal.aborted) {
      worker = start();
      life = { pid: worker.pid, events: worker.events(), stops: [] };
      lives.push(life);
      downMs = restartMs;
      const { code, signal: by } = await worker.ended;
      life.goneMs = Date.now();
      life.end = by ?? code ?? "unknown";
      life.complaints = worker.complaints();
      if (!isOver) await wait(downMs, undefined, { signal }).catch(() => {});
    }
  }
  const kept = keep();

  const hasStarted = () => life.events.some(({ event }) => event === "started");

  return {
    lives,
    isUp: () => life.goneMs === undefined && hasStarted(),
    async waitUntilUp() {
      const deadlineMs = Date.now() + 60_000;
      while (life.goneMs !== undefined || !hasStarted()) {
        if (Date.now() > deadlineMs) throw new Error(`no worker was ready within 60 s: ${life.complaints ?? ""}`);
        await wait(20, undefined, { signal });
      }
    },
    kill(ms) {
      downMs = ms;
      life.killed = true;
      worker.kill("SIGKILL");
    },
    close(ms) {
      downMs = ms;
      life.closedMs ??= Date.now();
      worker.kill("SIGTERM");
    },
    async stop(forMs) {
      const [stopped, its] = [worker, life];
      const span = { fromMs: Date.now(), toMs: Number.POSITIVE_INFINITY };
      its.stops.push(span);
      stopped.kill("SIGSTOP");
      await wait(forMs, undefined, { signal }).catch(() => {});
      stopped.kill("SIGCONT");
      span.toMs = Date.now();
    },
    async end() {
      isOver = true;
      if (life.goneMs === undefined) life.closedMs ??= Date.now();
      worker.kill("SIGTERM");
      await kept;
    },
  };
}
