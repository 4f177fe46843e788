import { setTimeout as wait } from "node:timers/promises";

/** What a process may take to start on a machine that is busy. */
const generousMs = 120_000;

/** Looks again and again, since another process's files and output give no signal. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs = generousMs,
): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`${what} did not come within ${limitMs} ms`);
    await wait(20);
  }
}
