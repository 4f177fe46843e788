import { expect, test } from "vitest";
import { renderWhen } from "../../src/render/cron.ts";

const when = (cron: string | null, timezone = "UTC", everyMs: number | null = null) => ({ cron, everyMs, timezone });

test.each([
  [when("0 8 * * *"), "Every day at 08:00"],
  [when("0 8,12,20 * * *"), "Every day at 08:00, 12:00 and 20:00"],
  [when("30 0 8 * * *"), "Every day at 08:00:30"],
  [when("*/30 * * * *"), "Every 30 minutes"],
  [when("@hourly"), "Every hour"],
  [when("@daily"), "Every day at 00:00"],
  [when("@weekly"), "Every Sunday at 00:00"],
  [when("@yearly"), "On day 1 of the month, only in January, at 00:00"],
  [when("30 18 * * 1-5", "Asia/Tokyo"), "Monday through Friday at 18:30, Asia/Tokyo"],
  [when("0 8 * * MON,WED"), "Monday and Wednesday at 08:00"],
  [when("0 7 * DEC *"), "Every day in December at 07:00"],
  [when("0 0 L * *"), "On the last day of the month at 00:00"],
  [when("0 9 * * 1#1"), "On the first Monday of the month at 09:00"],
  [when("0 9 * * FRIL"), "On the last Friday of the month at 09:00"],
  // In cron a day and a weekday are two ways to be due.
  [when("0 0 1,15 * 1"), "On day 1 and 15 of the month or on Monday at 00:00"],
  [when("0 8 * * * | 30 20 * * *"), "Every day at 08:00 and 20:30"],
  [when("0 8 * * 1-5 | 0 10 * * 6 | @hourly"), "Monday through Friday at 08:00; every Saturday at 10:00; every hour"],
  [when("61 * * * *"), "61 * * * *"],
  [when(null, "Asia/Tokyo", 90_000), "Every 1 min 30 s"],
  [when(null), "-"],
])("%j reads %s", (given, expected) => {
  expect(renderWhen(given)).toBe(expected);
});

test.each([
  ["30 18 * * 1-5", 60, "Monday through Friday at 18:30, America/New_York"],
  ["30 18 * * 1-5", 40, "Monday through Friday at 18:30, New York"],
  ["30 18 * * 1-5", 30, "Mon-Fri 18:30, New York"],
  ["0 8 * * *", 22, "Daily 08:00, New York"],
  ["0 0 L * *", 27, "Last day 00:00, New York"],
  ["0 3 1,15 * *", 32, "Day 1 and 15 at 03:00, New York"],
  ["0 7 2 8 *", 30, "Day 2, in Aug 07:00, New York"],
  ["*/15 9-17 * * 1-5", 45, "Every 15 min, 09:00-17:59, Mon-Fri, New York"],
  ["*/15 9-17 * * 1-5", 30, "*/15 9-17 * * 1-5, New York"],
  // The zone is kept as long as that leaves room for a word.
  ["*/15 9-17 * * 1-5", 24, "Every 15 min…, New York"],
  ["*/15 9-17 * * 1-5", 12, "Every 15 mi…"],
])("%s in %i columns is %s", (cron, width, expected) => {
  expect(renderWhen(when(cron, "America/New_York"), width)).toBe(expected);
});
