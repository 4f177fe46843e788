import { CronExpressionParser } from "cron-parser";
import { expect, test } from "vitest";
import { checkCron } from "../../src/cron/check-cron.ts";

const five = "it needs five (minute hour day month weekday) or six (second first)";

test.each([
  "* * * * *",
  "*/30 * * * *",
  "0 8 * * MON-FRI",
  "0 0 29 2 *",
  "0 0 L * *",
  "0 0 * * 1#2",
  "0 0 * * 7",
  "10 0 8 1,15 JAN-MAR ?",
  "H H(0-7) * * *",
  "H/15 * * * *",
  " 0   8 * * * ",
])('"%s" is right', (expression) => {
  expect(checkCron(expression)).toBeUndefined();
});

test.each(["@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually"])(
  "%s is right, and the engine knows it too",
  (expression) => {
    expect(checkCron(expression)).toBeUndefined();
    expect(() => CronExpressionParser.parse(expression)).not.toThrow();
  },
);

test.each([
  ["", `has 0 fields: ${five}`],
  ["  ", `has 0 fields: ${five}`],
  ["8", `has 1 field: ${five}`],
  ["0 8 * *", `has 4 fields: ${five}`],
  ["0 0 8 * * * 2030", `has 7 fields: ${five}`],
  ["0 0 31 4 *", "never comes: its months have no such day"],
  ["0 0 30 2 *", "never comes: its months have no such day"],
  ["0 0 31 4,6 *", "never comes: its months have no such day"],
  ["60 * * * *", 'has a wrong minute: "60"'],
  ["0 24 * * *", 'has a wrong hour: "24"'],
  ["0 0 0 * *", 'has a wrong day of month: "0"'],
  ["0 0 * 13 *", 'has a wrong month: "13"'],
  ["0 0 * JAN,FOO *", 'has a wrong month: "JAN,FOO"'],
  ["0 0 * * 8", 'has a wrong day of week: "8"'],
  ["61 0 0 * * *", 'has a wrong second: "61"'],
  ["*/0 * * * *", 'has a wrong minute: "*/0"'],
  ["5-1 * * * *", 'has a wrong minute: "5-1"'],
  ["H(9-5) * * * *", 'has a wrong minute: "H(9-5)"'],
  ["every day at noon please", 'has a wrong minute: "every"'],
])('"%s" %s', (expression, problem) => {
  expect(checkCron(expression)).toBe(`the cron "${expression}" ${problem}`);
});

test.each(["@reboot", "@midnight", "@Daily", "@"])("%s is refused, and the short forms are named", (expression) => {
  expect(checkCron(expression)).toBe(
    `the cron "${expression}" is unknown: the short forms are @hourly, @daily, @weekly, @monthly, @yearly, @annually`,
  );
});

test("what is no text is refused", () => {
  expect(checkCron(5)).toBe("the cron must be text, not 5 (number)");
  expect(checkCron(null)).toBe("the cron must be text, not null (object)");
});

test("an H that draws a month without the day is refused for that seed alone", () => {
  const seeds = Array.from({ length: 50 }, (_, index) => `mail.send${index}`);
  const problems = new Set(seeds.map((seed) => checkCron("0 0 31 H *", seed)));
  expect(problems).toEqual(new Set([undefined, 'the cron "0 0 31 H *" never comes: its months have no such day']));
});
