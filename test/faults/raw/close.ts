import { setTimeout as wait } from "node:timers/promises";
import type { Finding } from "./measure.ts";
import { withRawRig } from "./rig.ts";

const limitMs = 60_000;
const cases = [
  { redis: "gone", active: 0 },
  { redis: "gone", active: 5 },
  { redis: "frozen", active: 0 },
  { redis: "frozen", active: 5 },
] as const;

/** SIGTERM while Redis does not answer: whether the worker ends at all. */
export async function closeWithoutRedis(): Promise<Finding> {
  const found = await Promise.all(cases.map(async (each) => ({ ...each, endedAfterMs: await measure(each) })));
  const stuck = found.filter(({ endedAfterMs }) => endedAfterMs === null).length;
  const ended = found
    .filter(({ endedAfterMs }) => endedAfterMs !== null)
    .map(({ redis, active, endedAfterMs }) => `; ended after ${endedAfterMs} ms with Redis ${redis}, ${active} active`);
  return {
    line: `still there ${limitMs / 1_000} s after SIGTERM: ${stuck} of ${found.length}${ended.join("")}`,
    figures: { cases: found },
  };
}

const measure = ({ redis: state, active }: (typeof cases)[number]): Promise<number | null> =>
  withRawRig({}, async ({ add, ledger, redis, startWorker }) => {
    const worker = await startWorker();
    const ids = await add(active, "nap", { ms: 2_000 });
    await ledger.waitFor(() => ids.every((id) => ledger.started(id).length === 1));
    if (state === "gone") await redis.kill();
    else redis.freeze();
    await wait(1_000); // so that the worker has noticed, as it mostly has in life
    const startMs = performance.now();
    worker.kill("SIGTERM");
    const ended = worker.ended.then(() => Math.round(performance.now() - startMs));
    return Promise.race([ended, wait(limitMs, null)]);
  });
