import { defineJob } from "taskq";
import { z } from "zod";
import { sendReceipt } from "../../../accounts/jobs/tasks.ts";

/** The bank is away at the first attempt: the second one succeeds. */
export const chargeCard = defineJob({
  args: z.object({ orderId: z.string(), card: z.string() }),
  attempts: 3,
  backoff: { type: "fixed", delay: "1s" },
  async handler({ orderId }, { attempt, enqueue }) {
    if (attempt === 1) throw new Error("the bank does not answer");
    await enqueue(sendReceipt, { orderId });
    return { orderId, charged: true };
  },
});
