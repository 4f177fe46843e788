import type { ResolvedConfig } from "../../definition/resolved-config.ts";

/** What a child may take beyond its `shutdownTimeout`, and beyond its `startupTimeout`. */
const beyondMs = 5_000;
const beyondStartMs = 30_000;

/** How long a worker process may take to start and to close before its parent kills it. */
export const childTimes = ({ startupTimeoutMs, shutdownTimeoutMs }: ResolvedConfig) => ({
  startMs: startupTimeoutMs + beyondStartMs,
  closeMs: shutdownTimeoutMs + beyondMs,
});
