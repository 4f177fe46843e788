import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import type { RejectedRow } from "../../src/client/enqueue-many.ts";
import { testPrefix, testRedis } from "../helpers/redis.ts";

const { url, adminUrl } = await testRedis();
const redis = new Redis(adminUrl);
const folders: string[] = [];
afterAll(() => {
  redis.disconnect();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const tasks = `
const isText = (args) => (typeof args.to === "string" ? { value: args } : { issues: [{ path: ["to"], message: "no text" }] });
export const send = {
  [Symbol.for("taskq.job")]: true,
  args: { "~standard": { version: 1, vendor: "test", validate: isText } },
  handler: async () => {},
};
`;

async function open() {
  const prefix = testPrefix();
  const cwd = mkdtempSync(join(tmpdir(), "taskq-many-"));
  folders.push(cwd);
  mkdirSync(join(cwd, "src/app/domain/mail/jobs"), { recursive: true });
  writeFileSync(join(cwd, "taskq.config.js"), `export default { prefix: ${JSON.stringify(prefix)} };`);
  writeFileSync(join(cwd, "src/app/domain/mail/jobs/tasks.js"), tasks);
  writeFileSync(join(cwd, "package.json"), '{"type":"module"}');
  const client = await createClient({ cwd, broker: url });
  return {
    client,
    prefix,
    waiting: () => redis.llen(`${prefix}:mail:wait`),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ to: `user-${n}` }));

test("rows are enqueued in order, each with a receipt", async () => {
  await using app = await open();

  const { receipts, ...counts } = await app.client.enqueueMany("mail.send", rows(2_500), { priority: 0 });

  expect(counts).toEqual({ enqueued: 2_500, duplicates: 0, rejected: 0 });
  expect(receipts).toHaveLength(2_500);
  expect(receipts[0]).toMatchObject({ created: true, reason: null, job: "mail.send", queue: "mail", state: "waiting" });
  const stored = (await redis.lrange(`${app.prefix}:mail:wait`, 0, -1)).reverse();
  expect(stored).toEqual(receipts.map(({ id }) => `t-${id}`));
  expect(await redis.hget(`${app.prefix}:mail:${stored[2_499]}`, "data")).toBe('{"to":"user-2499"}');
});

test("rows may come from a generator, and receipts may be left out", async () => {
  await using app = await open();
  async function* slowly() {
    yield* rows(3);
  }

  expect(await app.client.enqueueMany("mail.send", slowly(), { receipts: false })).toEqual({
    enqueued: 3,
    duplicates: 0,
    rejected: 0,
    receipts: [],
  });
});

test("no rows are no error", async () => {
  await using app = await open();

  expect(await app.client.enqueueMany("mail.send", [])).toMatchObject({ enqueued: 0, receipts: [] });
});

test("one bad row, and nothing is written; the first bad ones are told of", async () => {
  await using app = await open();
  const given = [...rows(1_200), ...Array.from({ length: 7 }, (_, n) => ({ to: n })), { to: "last" }];

  await expect(app.client.enqueueMany("mail.send", given)).rejects.toMatchObject({
    code: "ARGS_INVALID",
    message: [
      "7 rows are refused of 1208, and nothing was enqueued:",
      ...[1200, 1201, 1202, 1203, 1204].map((n) => `rows[${n}]: the args of mail.send are invalid: to: no text`),
      "and 2 more",
    ].join("\n  "),
  });
  expect(await redis.keys(`${app.prefix}*`)).toEqual([]);
});

test("with onReject the good rows are written and the bad ones handed over", async () => {
  await using app = await open();
  const rejected: RejectedRow[] = [];

  const { receipts, ...counts } = await app.client.enqueueMany("mail.send", [{ to: 1 }, { to: "a" }, { to: 2 }], {
    onReject: (row) => void rejected.push(row),
  });

  expect(counts).toEqual({ enqueued: 1, duplicates: 0, rejected: 2 });
  expect(receipts).toHaveLength(1);
  expect(rejected).toEqual([
    { index: 0, args: { to: 1 }, error: expect.objectContaining({ code: "ARGS_INVALID" }) },
    { index: 2, args: { to: 2 }, error: expect.objectContaining({ code: "ARGS_INVALID" }) },
  ]);
  expect(await app.waiting()).toBe(1);
});

test("rows with ids of their own can be sent again, and are not doubled", async () => {
  await using app = await open();
  const options = { id: (args: object) => (args as { to: string }).to };

  await app.client.enqueueMany("mail.send", rows(1_100), options);
  const { receipts, ...counts } = await app.client.enqueueMany("mail.send", rows(1_200), options);

  expect(counts).toEqual({ enqueued: 100, duplicates: 1_100, rejected: 0 });
  expect(receipts[0]).toMatchObject({ created: false, reason: "exists", id: "user-0", state: "waiting" });
  expect(receipts[1_199]).toMatchObject({ created: true, id: "user-1199" });
  expect(await app.waiting()).toBe(1_200);
});

test("an id that is given to some of the rows is known again, whichever row comes first", async () => {
  await using app = await open();
  const idOf = (_args: unknown, index: number) => (index === 1 ? "mine" : undefined) as string;
  await app.client.enqueueMany("mail.send", rows(2), { id: idOf });

  const { receipts } = await app.client.enqueueMany("mail.send", rows(2), { id: idOf });

  expect(receipts).toMatchObject([{ created: true }, { created: false, reason: "exists", id: "mine" }]);
});

test("two rows of one call with one id are one job", async () => {
  await using app = await open();

  const sent = await app.client.enqueueMany("mail.send", [{ to: "a" }, { to: "b" }], { id: () => "same" });

  expect(sent).toMatchObject({ enqueued: 1, duplicates: 1 });
});

test("rows of one unique key are one job, or with replace the last of them", async () => {
  await using app = await open();

  const kept = await app.client.enqueueMany("mail.send", rows(5), { unique: "k" });
  const replaced = await app.client.enqueueMany("mail.send", rows(3), { unique: "k", replace: true });

  expect(kept).toMatchObject({ enqueued: 1, duplicates: 4 });
  expect(kept.receipts[4]).toMatchObject({ created: false, reason: "duplicate", id: kept.receipts[0]!.id });
  expect(replaced).toMatchObject({ enqueued: 3, duplicates: 0 });
  expect(await app.waiting()).toBe(1);
});

test("large rows are sent in smaller batches", async () => {
  await using app = await open();
  const text = "x".repeat(1_000_000);

  const sent = await app.client.enqueueMany(
    "mail.send",
    Array.from({ length: 30 }, () => ({ to: text })),
  );

  expect(sent.enqueued).toBe(30);
});

test("a batch whose connection breaks is sent again, and nothing doubles", async () => {
  await using app = await open();
  let isDone = false;
  const sent = app.client.enqueueMany("mail.send", rows(20_000), { receipts: false }).finally(() => {
    isDone = true;
  });

  let breaks = 0;
  for (let before = -1; !isDone; ) {
    const now = await app.waiting();
    if (now <= before + 2_000) continue; // all that was on its way then has gone through since
    before = now;
    await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    breaks++;
  }

  expect((await sent).enqueued).toBe(20_000);
  expect(breaks).toBeGreaterThan(1);
  expect(await app.waiting()).toBe(20_000);
});
