import { type Broker, redisOf } from "../broker.ts";
import { toBrokerId } from "../job-id.ts";

/**
 * BullMQ answers the same for a job it added and for a namesake it left alone: the stored nonce tells. For each id what
 * its namesake is, or undefined where the job is the caller's own.
 */
export async function readNamesakes(
  { [redisOf]: redis, prefix }: Broker,
  queue: string,
  added: readonly { readonly id: string; readonly nonce: string }[],
): Promise<("exists" | "finished" | undefined)[]> {
  if (added.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const { id } of added) {
    const key = `${prefix}:${queue}:${toBrokerId(id)}`;
    pipeline.hmget(key, "opts", "finishedOn").exists(key);
  }
  const answers = (await pipeline.exec()) ?? [];

  return added.map(({ nonce }, index) => {
    const [[error, fields], [, exists]] = [answers[2 * index] ?? closed, answers[2 * index + 1] ?? closed];
    if (error) throw error;
    const [opts, finishedOn] = fields as [string | null, string | null];
    // A job of one's own has ended already where nothing is kept of it; what has no options is a record that somebody broke.
    if (opts === null ? exists === 0 : opts.includes(`"${nonce}"`)) return undefined;
    return finishedOn ? "finished" : "exists";
  });
}

const closed: [Error, unknown] = [new Error("the connection was closed"), undefined];
