import { writeSync } from "node:fs";
import type { ThreadMessage } from "./messages.ts";

// A line of its own: what comes from the broker is hostile text.
const unsafe = /[^\x20-\x7e]/g;
const stderr = 2;

/** Says at once what blocks the loop, to standard error: nobody else in this process can, and it may never end. */
export function warn(silentMs: number, jobs: ThreadMessage["jobs"] | undefined, capMs: number): void {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const named = jobs?.map(({ job, id }) => `${job} (${id})`).join(", ") || "no job";
  const running = jobs ? named : "unknown, for the broker does not answer";
  const promise = capMs > 0 ? `kept for at most ${seconds(capMs)}` : "kept no longer: another worker takes them over";
  const line = `warning: the event loop has been blocked for ${seconds(silentMs)}; running: ${running}; its jobs are ${promise}`;
  try {
    writeSync(stderr, `${line.replace(unsafe, "?")}\n`);
  } catch {
    // nobody listens
  }
}
