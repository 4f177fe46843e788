import { expect, test } from "vitest";
import { type CrontabSchedule, readCrontab } from "../../../src/scaffold/crontab/read-crontab.ts";

const read = (text: string, options: Partial<Parameters<typeof readCrontab>[1]> = {}) => {
  const parts = readCrontab(text, { isSystem: false, timezone: null, ...options });
  return {
    schedules: parts.flatMap((part) => ("schedule" in part ? [part.schedule] : [])),
    notCarried: parts.flatMap((part) => ("notCarried" in part ? [part.notCarried] : [])),
    comments: parts.flatMap((part) => ("comment" in part ? [part.comment] : [])),
  };
};
const first = (line: string, options = {}): CrontabSchedule => read(line, options).schedules[0]!;

test.each([
  ["0 3 * * * backup", "0 3 * * *"],
  ["  */5\t9-17 *  * MON-FRI   backup", "*/5 9-17 * * MON-FRI"],
  ["@weekly backup", "@weekly"],
  ["@midnight backup", "@daily"],
  ["@every_minute backup", "* * * * *"],
  ["-0 3 * * * backup", "0 3 * * *"],
  ["0~30 ~ * * 5 backup", "H(0-30) H(0-23) * * 5"],
])("the time of %j is %s", (line, cron) => {
  expect(first(line)).toMatchObject({ cron, every: null, command: "backup" });
});

test("a number of seconds is a distance", () => {
  expect(first("@90 backup")).toMatchObject({ cron: null, every: "90s", timezone: null });
});

test("variables act on the lines below them, each in its way", () => {
  const { schedules, notCarried } = read(`
0 1 * * * a
CRON_TZ = "Europe/Berlin"
RANDOM_DELAY=5
SHELL=/bin/bash
HOME=/srv
PATH='/bin:/usr/bin'
TZ=Asia/Tokyo
MAILTO=""
MAIL_HOST=relay
0 2 * * * b
CRON_TZ=
0 3 * * * c`);
  const [a, b, c] = schedules;

  expect(a).toMatchObject({ timezone: null, jitter: null, shell: null, folder: null, env: {} });
  expect(b).toMatchObject({
    timezone: "Europe/Berlin",
    jitter: "5m",
    shell: "/bin/bash",
    folder: "/srv",
    env: { PATH: "/bin:/usr/bin", TZ: "Asia/Tokyo", MAIL_HOST: "relay" },
  });
  expect(c!.timezone).toBeNull();
  expect(notCarried).toEqual([]);
});

test("what follows a percent sign is the input, and an escaped one is itself", () => {
  expect(first(String.raw`0 3 * * * mail -s "100\%" boss%Dear boss,%all is well`)).toMatchObject({
    command: 'mail -s "100%" boss',
    input: "Dear boss,\nall is well\n",
  });
  expect(first("0 3 * * * backup").input).toBeNull();
});

test("a system's crontab has a user before the command", () => {
  const { schedules, notCarried } = read("0 3 * * * root /bin/backup\n0 4 * * * root b\n0 5 * * * www c", {
    isSystem: true,
  });

  expect(schedules.map(({ command }) => command)).toEqual(["/bin/backup", "b", "c"]);
  expect(notCarried.map(({ line, text }) => `${line} ${text}`)).toEqual(["1 root", "3 www"]);
});

test.each([
  ["@reboot start", "startup file"],
  ["0 0 31 4 * never", "its months have no such day"],
  ["61 * * * * late", 'wrong minute: "61"'],
  ["0 8 */2 * 1 both", "have to agree in cron"],
  ["@sometimes late", "is unknown"],
  ["0 8 * * *", "neither a comment"],
  ["hello", "neither a comment"],
  ["MAILTO=ops@example.org", "nobody is mailed"],
  ["CRON_TZ=Mars/Base", "Mars/Base"],
  ["RANDOM_DELAY=soon", "no number of minutes"],
])("%j is not carried over, and why is said", (line, reason) => {
  expect(read(line)).toMatchObject({
    schedules: [],
    notCarried: [{ line: 1, text: line, reason: expect.stringContaining(reason) }],
  });
});

test("what looks like a secret is not copied, and not shown", () => {
  const found = read("API_TOKEN=s3cret\n0 3 * * * backup");

  expect(JSON.stringify(found)).not.toContain("s3cret");
  expect(found.notCarried).toMatchObject([{ text: "API_TOKEN=***" }]);
});

test.each([
  ["/usr/local/bin/backup.sh --all >> /var/log/x.log 2>&1", "backup"],
  ["cd /srv/shop && /usr/bin/php artisan schedule:run", "phpArtisanScheduleRun"],
  ["FOO=1 nice -n 10 /opt/x/delete", "runDelete"],
  ["[ -x /usr/bin/certbot ] && certbot -q renew", "certbot"],
  ["7zip", "run7zip"],
  ["./", "command"],
])("the function that runs %j is called %s", (command, name) => {
  expect(first(`0 3 * * * ${command}`).name).toBe(name);
});

test("two of one command have two names, and comments stay", () => {
  const { schedules, comments } = read("# nightly\n0 3 * * * backup\n#0 4 * * * off\n0 5 * * * backup");

  expect(schedules.map(({ name }) => name)).toEqual(["backup", "backup2"]);
  expect(comments).toEqual(["nightly", "0 4 * * * off"]);
});
