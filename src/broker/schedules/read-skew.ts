import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";

/** Two clocks. */
export interface Skew {
  /** How far this process's clock is ahead of the broker's; below zero, behind. */
  readonly aheadMs: number;
  /** By the broker's clock. */
  readonly nowMs: number;
}

/** A difference of clocks that schedules can bear. */
export const bearableSkewMs = 2_000;

const samples = 3;

/** Compares this process's clock with the broker's; the quickest of a few answers is the truest. */
export async function readSkew(broker: Broker): Promise<Skew> {
  let best: Skew & { readonly tookMs: number } = { aheadMs: 0, nowMs: 0, tookMs: Number.POSITIVE_INFINITY };
  for (let sample = 0; sample < samples; sample++) {
    const sentAtMs = performance.now();
    const [seconds, micros] = (await told(broker, () => broker[redisOf].time())).map(Number) as [number, number];
    const tookMs = performance.now() - sentAtMs;
    const nowMs = seconds * 1_000 + micros / 1_000 + tookMs / 2;
    if (tookMs < best.tookMs) best = { aheadMs: Math.round(Date.now() - nowMs), nowMs: Math.round(nowMs), tookMs };
  }
  const { aheadMs, nowMs } = best;
  return { aheadMs, nowMs };
}
