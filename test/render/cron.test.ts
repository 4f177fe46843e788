import { expect, test } from "vitest";
import { renderWhen } from "../../src/render/cron.ts";

test.each([
  [{ cron: "*/30 * * * *", everyMs: null, timezone: "UTC" }, "Every 30 minutes"],
  [{ cron: "@daily", everyMs: null, timezone: "UTC" }, "At 00:00"],
  [{ cron: "30 18 * * 1-5", everyMs: null, timezone: "Asia/Tokyo" }, "At 18:30, Monday through Friday, Asia/Tokyo"],
  [{ cron: "61 * * * *", everyMs: null, timezone: "UTC" }, "61 * * * *"],
  [{ cron: null, everyMs: 90_000, timezone: "Asia/Tokyo" }, "Every 1 min 30 s"],
  [{ cron: null, everyMs: null, timezone: "UTC" }, "-"],
])("%j reads %s", (when, expected) => {
  expect(renderWhen(when)).toBe(expected);
});
