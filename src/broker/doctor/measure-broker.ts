import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";

/** How far away the broker is from here, in space and in time. */
export interface Distance {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How far its clock is ahead of the one here, from the fastest answer. */
  readonly skewMs: number;
}

const mostLooks = 100;
const longestMs = 2_000;

/** Asks for the time again and again, one question after another. */
export async function measureBroker(broker: Broker): Promise<Distance> {
  const tripsMs: number[] = [];
  let fastestMs = Number.POSITIVE_INFINITY;
  let skewMs = 0;
  const startedMs = performance.now();

  do {
    const sentMs = performance.now();
    const [seconds, micros] = await told(broker, () => broker[redisOf].time());
    const tripMs = performance.now() - sentMs;
    tripsMs.push(tripMs);
    if (tripMs >= fastestMs) continue;
    fastestMs = tripMs;
    skewMs = Number(seconds) * 1_000 + Number(micros) / 1_000 - (Date.now() - tripMs / 2);
  } while (tripsMs.length < mostLooks && performance.now() - startedMs < longestMs);

  const sorted = tripsMs.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
  return { p50Ms: at(0.5), p99Ms: at(0.99), skewMs };
}
