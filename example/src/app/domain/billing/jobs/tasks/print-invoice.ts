import { createHash } from "node:crypto";
import { defineJob } from "taskq";
import { z } from "zod";

/** Computes without a pause: in a thread of its own it holds up nobody, and its timeout ends it for good. */
export const printInvoice = defineJob({
  args: z.object({ orderId: z.string(), pages: z.int().min(1).default(200) }),
  isolate: true,
  maxMemory: "128mb",
  timeout: "10s",
  unique: ({ orderId }) => orderId, // one that waits or runs already is enough
  handler({ orderId, pages }, { log }) {
    let seal = orderId;
    for (let round = 0; round < pages * 1_000; round++) seal = createHash("sha256").update(seal).digest("hex");
    log.info({ orderId, pages }, "invoice printed");
    return { orderId, seal };
  },
});
