import { defineJob } from "taskq";
import { z } from "zod";

/** The bank is away at the first attempt: the second one succeeds. */
export const chargeCard = defineJob({
  args: z.object({ orderId: z.string(), card: z.string() }),
  attempts: 3,
  backoff: { type: "fixed", delay: "1s" },
  async handler({ orderId }, { attempt }) {
    if (attempt === 1) throw new Error("the bank does not answer");
    return { orderId, charged: true };
  },
});
