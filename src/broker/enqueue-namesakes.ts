import { type Broker, redisOf } from "./broker.ts";
import { toBrokerId } from "./job-id.ts";

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
  for (const { id } of added) pipeline.hmget(`${prefix}:${queue}:${toBrokerId(id)}`, "opts", "finishedOn");
  const answers = (await pipeline.exec()) ?? [];

  return added.map(({ nonce }, index) => {
    const [error, fields] = answers[index] ?? [new Error("the connection was closed")];
    if (error) throw error;
    const [opts, finishedOn] = fields as [string | null, string | null];
    if (opts === null || opts.includes(`"${nonce}"`)) return undefined;
    return finishedOn ? "finished" : "exists";
  });
}
