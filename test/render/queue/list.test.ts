import { expect, test } from "vitest";
import type { QueueRow } from "../../../src/inspect/queue-list.ts";
import { renderQueueList } from "../../../src/render/queue/list.ts";
import { renderPauseReceipts } from "../../../src/render/queue/pause-receipts.ts";
import { colored, plain } from "../style.ts";

const nowMs = Date.parse("2026-11-24T12:00:00Z");
const ada = { from: "operator" as const, by: "ada@web-1", at: "2026-11-24T11:57:00.000Z" };
const config = { from: "config" as const, by: null, at: null };
const mail: QueueRow = {
  queue: "mail",
  paused: null,
  workers: 2,
  unstarted: 12_345,
  active: 4,
  concurrency: { max: 4, ...config },
  rate: { max: 500, perMs: 1_000, ...config },
};
const rows: QueueRow[] = [
  { ...mail, queue: "bulk", workers: 0, active: 0, unstarted: 0, concurrency: null, rate: null },
  mail,
  {
    ...mail,
    queue: "reports-of-the-month",
    paused: { by: ada.by, at: ada.at, reason: "the provider\nis down" },
    concurrency: { max: 2, ...ada },
    rate: { max: 100, perMs: 900_000, from: "other", by: null, at: null },
  },
];

test("queues are a line each within 80 columns, and who set what by hand is said below", () => {
  const text = renderQueueList(rows, { style: plain, nowMs });
  expect(text).toBe(
    [
      "QUEUE                 STATE   WORKERS  WAITING  ACTIVE  AT ONCE            RATE",
      "bulk                  open          0        0       0        -               -",
      "mail                  open          2   12,345       4        4      500 in 1 s",
      "reports-of-the-month  paused        2   12,345       4       2*  100 in 15 min+",
      "reports-of-the-month: paused by ada@web-1 3 min ago: the provider\\nis down",
      "* reports-of-the-month: 2 at once set by ada@web-1 3 min ago",
      "+ reports-of-the-month: 100 in 15 min set by another program",
    ].join("\n"),
  );
});

test("a queue that was paused past taskq says so", () => {
  const paused = { ...mail, paused: { by: null, at: null, reason: null } };
  expect(renderQueueList([paused], { style: plain, nowMs }).split("\n")[2]).toBe("mail: paused by another program");
});

test("in colour, what is not as the config says stands out", () => {
  const text = renderQueueList(rows, { style: colored, nowMs });
  expect(text).toContain("\u001b[33mpaused\u001b[39m");
  expect(text).toContain("\u001b[33m2*\u001b[39m");
  expect(text).toContain("\u001b[36m100 in 15 min+\u001b[39m");
});

test("no queues, and what became of pauses, are said in words", () => {
  expect(renderQueueList([], { style: plain, nowMs })).toMatch(/^no queues/);
  const asked = { patterns: ["zz*"], known: ["mail"] };
  expect(renderQueueList([], { style: plain, nowMs, asked })).toBe(
    'no queue fits "zz*": the queues in the broker are mail',
  );
  expect(
    renderPauseReceipts(
      [
        { queue: "a", outcome: "paused" },
        { queue: "b\u202e", outcome: "unchanged" },
      ],
      plain,
    ),
  ).toBe("paused a\nunchanged b\\u202e");
});
