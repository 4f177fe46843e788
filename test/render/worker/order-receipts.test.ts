import { expect, test } from "vitest";
import type { OrderReceipt } from "../../../src/client/order-workers.ts";
import { renderOrderReceipts } from "../../../src/render/worker/order-receipts.ts";
import { colored, plain } from "../style.ts";

const quiet: OrderReceipt = {
  name: "web-1",
  host: "alpha",
  pid: 12,
  order: "quiet",
  outcome: "quiet",
  poolPid: null,
};

test("each worker is a line; what is only requested is explained", () => {
  expect(renderOrderReceipts([quiet, { ...quiet, name: "web\n2", outcome: "requested" }], plain)).toBe(
    [
      "quiet      web-1 (pid 12 on alpha)",
      "requested  web\\n2 (pid 12 on alpha)",
      "requested: it has not answered yet, and does so as soon as it can",
    ].join("\n"),
  );
});

test("who stops is told who may start it again", () => {
  const stopped = { ...quiet, order: "stop", outcome: "closing" } as const;
  const inPool = { ...stopped, name: "shop-1", poolPid: 7 };
  expect(renderOrderReceipts([stopped, inPool, { ...inPool, name: "shop-2" }], plain)).toBe(
    [
      "closing  web-1 (pid 12 on alpha)",
      "closing  shop-1 (pid 12 on alpha)",
      "closing  shop-2 (pid 12 on alpha)",
      "what supervises a worker, such as systemd, may start it again",
      "a pool starts another in its place: to end it, send SIGTERM to pid 7 on alpha",
    ].join("\n"),
  );
});

test("nobody is a sentence", () => expect(renderOrderReceipts([], plain)).toBe("no worker was asked"));

test("in colour, what was answered is green and what was not is yellow", () => {
  const text = renderOrderReceipts([quiet, { ...quiet, outcome: "requested" }], colored);
  expect(text).toContain("\u001b[32mquiet    \u001b[39m");
  expect(text).toContain("\u001b[33mrequested\u001b[39m");
});

test("what a record says of a pid is escaped: it may be any text", () => {
  const odd = { ...quiet, order: "stop", outcome: "closing", pid: "1\u001b[2J", poolPid: "7\n8" } as never;
  expect(renderOrderReceipts([odd], plain)).toBe(
    [
      "closing  web-1 (pid 1\\u001b[2J on alpha)",
      "a pool starts another in its place: to end it, send SIGTERM to pid 7\\n8 on alpha",
    ].join("\n"),
  );
});
