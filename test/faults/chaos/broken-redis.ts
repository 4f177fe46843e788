import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import type { TestRedis } from "../../helpers/redis.ts";
import type { Span } from "./evidence.ts";

/** The server that is broken, and what it holds. */
export interface BrokenRedis {
  readonly away: readonly Span[];
  /** SIGKILL, back after `downMs`. */
  readonly kill: (downMs: number) => Promise<void>;
  /** SIGSTOP for `forMs`. */
  readonly freeze: (forMs: number) => Promise<void>;
  /** Jobs that wait, run, or will be run later. */
  readonly countLeft: () => Promise<number>;
  /** Why each failed job has failed, by its id. */
  readonly readFailed: () => Promise<Map<string, string>>;
  readonly disconnect: () => void;
}

const key = (name: string) => `bull:work:${name}`;

export function createBrokenRedis(redis: TestRedis, signal: AbortSignal): BrokenRedis {
  const admin = new Redis(redis.adminUrl, { retryStrategy: () => 100 }).on("error", () => {}); // it is away now and then
  const away: { fromMs: number; toMs: number }[] = [];

  async function during(leave: () => unknown, ms: number, comeBack: () => unknown): Promise<void> {
    const span = { fromMs: Date.now(), toMs: Number.POSITIVE_INFINITY };
    away.push(span);
    await leave();
    await wait(ms, undefined, { signal }).catch(() => {});
    await comeBack();
    span.toMs = Date.now();
  }

  return {
    away,
    kill: (downMs) => during(redis.kill, downMs, redis.restart),
    freeze: (forMs) => during(redis.freeze, forMs, redis.thaw),
    async countLeft() {
      const counts = await Promise.all([
        admin.llen(key("wait")),
        admin.llen(key("active")),
        admin.zcard(key("delayed")),
        admin.zcard(key("prioritized")),
      ]);
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async readFailed() {
      const ids = await admin.zrange(key("failed"), "0", "-1");
      const reasons = await Promise.all(ids.map((id) => admin.hget(key(id), "failedReason")));
      return new Map(ids.map((id, index) => [id.replace(/^t-/, ""), reasons[index] ?? ""]));
    },
    disconnect: () => admin.disconnect(),
  };
}
