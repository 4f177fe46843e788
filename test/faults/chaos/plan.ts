import { createRandom } from "./random.ts";

export type FaultKind =
  | "kill a worker"
  | "close a worker"
  | "stop a worker"
  | "stop a worker beyond its lock"
  | "kill Redis"
  | "freeze Redis";

export interface Fault {
  readonly kind: FaultKind;
  /** From the beginning of the run. */
  readonly atMs: number;
  /** How long what it hits is away. */
  readonly lastsMs: number;
  /** Which worker, from 0; of Redis' faults nothing. */
  readonly worker: number | undefined;
}

export interface PlanOptions {
  readonly seed: number;
  readonly forMs: number;
  readonly workers: number;
}

const weights: Readonly<Record<FaultKind, number>> = {
  "kill a worker": 6,
  "close a worker": 5,
  "stop a worker": 6,
  "stop a worker beyond its lock": 1,
  "kill Redis": 3,
  "freeze Redis": 3,
};

/** From least to most. */
const lengthsMs: Readonly<Record<FaultKind, readonly [number, number]>> = {
  "kill a worker": [200, 4_000],
  "close a worker": [200, 4_000],
  "stop a worker": [1_000, 8_000],
  "stop a worker beyond its lock": [25_000, 25_001],
  "kill Redis": [0, 5_000],
  "freeze Redis": [1_000, 4_000],
};

/** A worker that starts, or a Redis that is back, is left alone for so long. */
const calmMs = 3_000;

/** What will be broken and when: decided by the seed alone, never by how the run goes. */
export function planFaults({ seed, forMs, workers }: PlanOptions): Fault[] {
  const random = createRandom(seed);
  const workersBusyMs = Array.from({ length: workers }, () => 0);
  let redisBusyMs = 0;
  const faults: Fault[] = [];

  for (let atMs = random.between(1_000, 3_000); atMs < forMs; atMs += random.between(1_000, 5_000)) {
    const kind = random.pick(weights);
    const lastsMs = Math.round(random.between(...lengthsMs[kind]));
    const untilMs = atMs + lastsMs + calmMs;
    if (kind.endsWith("Redis")) {
      if (redisBusyMs > atMs) continue;
      redisBusyMs = untilMs;
      faults.push({ kind, atMs: Math.round(atMs), lastsMs, worker: undefined });
    } else {
      const worker = random.whole(0, workers);
      if (workersBusyMs[worker]! > atMs) continue;
      workersBusyMs[worker] = untilMs;
      faults.push({ kind, atMs: Math.round(atMs), lastsMs, worker });
    }
  }
  return faults;
}
