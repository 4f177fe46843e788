/** Two seconds are the worker's own, beyond its `shutdownTimeout`; three are for a busy machine. */
const marginMs = 5_000;

/** How many seconds whatever stops a worker has to wait before it kills. */
export function graceSeconds(shutdownTimeoutMs: number): number {
  return Math.ceil((shutdownTimeoutMs + marginMs) / 1_000);
}
