import { expect, test } from "vitest";
import { importCrontab } from "../../../src/scaffold/crontab/import-crontab.ts";

const options = { shown: "old.cron", isSystem: false, timezone: undefined, isTypeScript: true };
const listOf = (text: string) => /scheduledTasks = \[\n([\s\S]*?)\n\];/.exec(text)![1];

test("the file keeps order, comments and what could not be carried over", () => {
  const { text } = importCrontab(
    '# nightly\n0 3 * * * backup "x"\n\n\nHOME=/srv\nA=1\n@reboot start\n@daily mail%hi',
    options,
  );

  expect(listOf(text)).toBe(`  // nightly
  defineSchedule({
    cron: "0 3 * * *",
    handler: async function backup(_args, context) {
      await shell("backup \\"x\\"", context);
    },
  }),

  // Not carried over: @reboot start
  //   the start of the host is no time: put it into a startup file
  defineSchedule({
    cron: "@daily",
    handler: async function mail(_args, context) {
      await shell("mail", context, {
        input: "hi\\n",
        cwd: "/srv",
        env: { A: "1" },
      });
    },
  }),`);
  expect(text).toContain('import { defineSchedule, type JobContext } from "taskq";');
});

test("JavaScript has no types", () => {
  const { text } = importCrontab("@daily backup", { ...options, isTypeScript: false, timezone: "Europe/Berlin" });

  expect(text).not.toMatch(/JobContext|: string|interface/);
  expect(text).toContain('timezone: "Europe/Berlin"');
});

test("no comment and no command ends up as code", () => {
  const { text } = importCrontab(
    '# a\u2028process.exit()\n@daily x $(process.exit())\u2028"; process.exit() //',
    options,
  );

  expect(text).toContain("  // a process.exit()\n");
  expect(text).toContain('await shell("x $(process.exit())\u2028\\"; process.exit() //", context);');
});

test("users are seen by the path, or where all are root", () => {
  const line = "0 3 * * * www-data backup";
  const command = (text: string, more = {}) => importCrontab(text, { ...options, ...more }).schedules[0]?.command;

  expect(command(line)).toBe("www-data backup");
  expect(command(line, { isSystem: true })).toBe("backup");
  expect(command(line, { shown: "/etc/crontab" })).toBe("backup");
  expect(command(line, { shown: "/etc/cron.d/shop" })).toBe("backup");
  expect(command("0 3 * * * root backup\n@daily root x")).toBe("backup");
});

test("a file of nothing is refused, with the first reason", () => {
  expect(() => importCrontab("@reboot start", options)).toThrow(
    expect.objectContaining({ code: "USAGE", hint: expect.stringMatching(/^Line 1 for one: /) }),
  );
});
