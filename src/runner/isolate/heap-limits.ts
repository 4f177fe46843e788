import type { ResourceLimits } from "node:worker_threads";

const mebibyte = 1_024 ** 2;
/**
 * At its limit V8 gives a thread 16 MiB more, to end in. What a larger young generation moves over at once would not fit in, and
 * V8 would end the whole process.
 */
const youngMb = 8;

/** The limits of a thread's heap, which do not bound its buffers. */
export function heapLimits(maxMemoryBytes: number | undefined): ResourceLimits {
  if (maxMemoryBytes === undefined) return {};
  return { maxOldGenerationSizeMb: Math.floor(maxMemoryBytes / mebibyte), maxYoungGenerationSizeMb: youngMb };
}
