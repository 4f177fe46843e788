import { expect, test } from "vitest";
import type { Receipt } from "../../../src/definition/enqueue.ts";
import { renderReceipt } from "../../../src/render/job/receipt.ts";
import { colored, plain } from "../style.ts";

const receipt: Receipt = {
  created: true,
  reason: null,
  id: "t-1",
  job: "accounts.sendWelcomeEmail",
  queue: "accounts",
  state: "waiting",
  runAt: "2026-11-24T12:00:00.000Z",
};
const where = "accounts.sendWelcomeEmail  id=t-1 queue=accounts";

test.each([
  [{}, `enqueued ${where} state=waiting`],
  [{ state: "delayed" } as const, `enqueued ${where} state=delayed runAt=2026-11-24T12:00:00.000Z`],
  [{ created: false, reason: "exists" } as const, `not enqueued ${where}: a job of this id is there already`],
  [{ created: false, reason: "finished" } as const, `not enqueued ${where}: a job of this id has finished already`],
  [{ id: "a\nb" }, "enqueued accounts.sendWelcomeEmail  id=a\\nb queue=accounts state=waiting"],
])("a receipt with %j is one line", (change, expected) => {
  expect(renderReceipt({ ...receipt, ...change }, plain)).toBe(expected);
});

test("in colour, what was enqueued is green", () => {
  expect(renderReceipt(receipt, colored)).toBe(`\u001b[32menqueued\u001b[39m ${where} state=waiting`);
});
