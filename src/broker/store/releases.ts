import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";

/** What every process of a release declares: names. */
export interface Declared {
  readonly jobs: readonly string[];
  readonly schedules: readonly string[];
}

/** It is forgotten so long after the last beat of its last process. */
export const releaseMs = 60_000;

export async function writeRelease(broker: Broker, release: string, declared: Declared): Promise<void> {
  await broker[redisOf].set(storeKeys(broker.prefix).release(release), JSON.stringify(declared), "PX", releaseMs);
}

/** What each of these releases declares. One that the store does not know, such as that of an older taskq, is missing. */
export async function readReleases(broker: Broker, releases: readonly string[]): Promise<Map<string, Declared>> {
  if (releases.length === 0) return new Map();
  const keys = storeKeys(broker.prefix);
  const texts = await told(broker, () => broker[redisOf].mget(...releases.map(keys.release)));
  return new Map(
    releases.flatMap((release, index) => {
      const text = texts[index]?.toString();
      return text === undefined ? [] : [[release, JSON.parse(text) as Declared] as const];
    }),
  );
}
