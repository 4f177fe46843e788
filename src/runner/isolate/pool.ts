import { setTimeout as wait } from "node:timers/promises";
import type { EffectiveOptions } from "../../definition/effective-options.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { CatalogJob } from "../../discovery/catalog.ts";
import type { Elsewhere } from "../attempt/run-attempt.ts";
import type { OnEvent } from "../events.ts";
import { createThread, type Thread } from "./thread.ts";
import { untilReady } from "./until-ready.ts";

/** The threads of a process. They are started when first needed, and kept. */
export interface ThreadPool {
  /** What runs a job in one of them. */
  readonly run: (job: CatalogJob, options: EffectiveOptions) => Elsewhere;
  /** Ends all of them within the time. Resolves with how many shutdown files failed. */
  readonly close: (budgetMs: number) => Promise<number>;
}

export interface ThreadPoolOptions {
  /** The file that each of them runs. */
  readonly entry: URL;
  readonly config: Pick<ResolvedConfig, "file" | "root" | "startupTimeoutMs" | "queue">;
  readonly onEvent: OnEvent;
}

interface Seat {
  readonly thread: Thread;
  readonly queue: string;
  /** Jobs of the same kind can take each other's place. */
  readonly kind: string;
  isBusy: boolean;
}

/** Of the shutdown files of a thread that is not needed any more, while others go on. */
const retireMs = 5_000;
/** What the end of a thread may take when its time is over. */
const leastMs = 200;

export function createThreadPool({ entry, config, onEvent }: ThreadPoolOptions): ThreadPool {
  const seats = new Set<Seat>();
  /** Those that are ending too. */
  const threads = new Set<Thread>();

  function take(queue: string, domain: string, maxMemoryBytes: number | undefined): Seat {
    const kind = `${queue} ${domain} ${maxMemoryBytes ?? ""}`;
    const idle = [...seats].filter((seat) => !seat.isBusy && seat.queue === queue);
    const free = idle.findLast((seat) => seat.kind === kind);
    if (free) {
      free.isBusy = true;
      return free;
    }
    // A queue has no more threads than jobs at once: one of another kind makes room.
    const ofQueue = [...seats].filter((seat) => seat.queue === queue).length;
    if (idle[0] && ofQueue >= config.queue(queue).concurrency) retire(idle[0]);
    return start(queue, kind, domain, maxMemoryBytes);
  }

  function start(queue: string, kind: string, domain: string, maxMemoryBytes: number | undefined): Seat {
    const { file, root, startupTimeoutMs } = config;
    const thread = createThread({
      entry,
      data: { file, root, domain },
      maxMemoryBytes,
      startupTimeoutMs,
      onEvent,
      onUnfit: () => (seat.isBusy ? seats.delete(seat) : retire(seat)),
      onGone: () => void threads.delete(thread),
    });
    threads.add(thread);
    const seat: Seat = { thread, queue, kind, isBusy: true };
    seats.add(seat);
    return seat;
  }

  function giveBack(seat: Seat): void {
    seat.isBusy = false;
    if (seat.thread.isFit()) seat.thread.rest();
    else retire(seat);
  }

  function retire(seat: Seat): void {
    seats.delete(seat);
    void seat.thread.close(retireMs);
  }

  return {
    run: (job, options) => async (attempt, context) => {
      const { delivery } = attempt;
      const seat = take(delivery.queue, job.domain, options.maxMemoryBytes);
      const { thread } = seat;
      let isTerminated = false;
      attempt.terminate = () => {
        if (isTerminated) return;
        isTerminated = true;
        const { queue, job: name, id } = delivery;
        onEvent({ type: "terminated", queue, job: name, id, reason: attempt.abort?.error.message ?? "" });
        void thread.terminate();
      };
      // Until the thread is ready no time runs; then it beats, and not this process for it.
      attempt.deadlineMs = attempt.lastBeatMs = Number.POSITIVE_INFINITY;
      attempt.autoHeartbeat = false;
      try {
        await untilReady(thread, attempt);
        attempt.startedAtMs = attempt.lastBeatMs = Date.now();
        attempt.deadlineMs = attempt.startedAtMs + (delivery.said.timeoutMs ?? options.timeoutMs);
        return await thread.run({ attempt, context, options });
      } finally {
        attempt.terminate = undefined;
        thread.ready.then(
          () => giveBack(seat),
          () => {},
        );
      }
    },
    async close(budgetMs) {
      if (threads.size === 0) return 0;
      const over = wait(budgetMs, 1, { ref: false });
      const closing = [...threads].map((thread) => Promise.race([thread.close(budgetMs), over]));
      const failed = (await Promise.all(closing)).reduce((sum, each) => sum + each, 0);
      const gone = Promise.all([...threads].map((thread) => thread.terminate()));
      await Promise.race([gone, over.then(() => wait(leastMs))]);
      if (threads.size > 0) dieAtExit(threads, onEvent);
      return failed;
    },
  };
}

/** Node joins every thread at its exit, and waits for ever for one that cannot be interrupted. */
function dieAtExit(threads: ReadonlySet<Thread>, onEvent: OnEvent): void {
  onEvent({ type: "warning", message: "a thread does not end: the process will end by SIGKILL" });
  process.once("exit", () => threads.size > 0 && process.kill(process.pid, "SIGKILL"));
}
