import { expect, test } from "vitest";
import type { RunnerEvent } from "../../../src/runner/events.ts";
import { createHealth } from "../../../src/service/insight/health.ts";

const hear = (...types: readonly string[]) => {
  const health = createHealth();
  health.connected();
  for (const type of types) health.hear({ type } as RunnerEvent);
  return health.trouble();
};

test("a worker takes jobs once it has started, and says why while it takes none", () => {
  expect(hear()).toBe("starting");
  expect(hear("started")).toBeUndefined();
  expect(hear("started", "quiet")).toBe("quiet");
  expect(hear("quiet", "started")).toBe("quiet");
  expect(hear("started", "recycling")).toBe("quiet");
  expect(hear("started", "quiet", "resumed")).toBeUndefined();
  expect(hear("started", "quiet", "closing")).toBe("closing");
  expect(hear("started", "brokerLost")).toBe("broker is not answering");
});
