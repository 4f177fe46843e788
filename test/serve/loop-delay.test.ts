import { expect, onTestFinished, test } from "vitest";
import { createLoopDelay } from "../../src/serve/loop-delay.ts";

test("a loop that was blocked is seen in the longest delay", async () => {
  const delay = createLoopDelay();
  onTestFinished(delay.stop);
  await expect.poll(() => delay.read().max).toBeGreaterThan(0);
  const blockedMs = 300;
  const untilMs = performance.now() + blockedMs;
  while (performance.now() < untilMs);

  await expect.poll(() => delay.read().max).toBeGreaterThan(blockedMs - 50);
  const { p50, p99, max } = delay.read();
  expect(p50).toBeLessThanOrEqual(p99);
  expect(p99).toBeLessThanOrEqual(max);
});

test("before anything was measured there is no delay", () => {
  const delay = createLoopDelay();
  onTestFinished(delay.stop);

  expect(delay.read()).toEqual({ p50: 0, p99: 0, max: 0 });
});
