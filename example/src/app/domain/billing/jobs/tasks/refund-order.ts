import { defineJob } from "taskq";
import { z } from "zod";

/** Fails at every attempt, so that a failure can be looked at. */
export const refundOrder = defineJob({
  args: z.object({ orderId: z.string() }),
  attempts: 2,
  backoff: { type: "fixed", delay: "500ms" },
  async handler({ orderId }) {
    throw new Error(`order ${orderId} was never paid`);
  },
});
