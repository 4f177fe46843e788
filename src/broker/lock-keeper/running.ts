import type { Redis } from "ioredis";
import { fromBrokerId } from "../job-id.ts";
import { readOwnedJobs } from "../store/owners.ts";
import type { ThreadMessage } from "./messages.ts";

export interface RunningOptions {
  readonly prefix: string;
  readonly queues: readonly string[];
  readonly runner: string;
}

const mostNamed = 20;

/** What a runner runs now, by what the broker knows: the runner itself cannot be asked. */
export async function readRunning(
  redis: Redis,
  { prefix, queues, runner }: RunningOptions,
): Promise<ThreadMessage["jobs"]> {
  const owned = await Promise.all(queues.map((queue) => readOwnedJobs(redis, prefix, queue, runner)));
  return Promise.all(
    owned
      .flat()
      .slice(0, mostNamed)
      .map(async ({ queue, id }) => ({
        queue,
        id: fromBrokerId(id),
        job: (await redis.hget(`${prefix}:${queue}:${id}`, "name")) ?? "",
      })),
  );
}
