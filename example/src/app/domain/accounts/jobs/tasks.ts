import { defineJob } from "taskq";
import { z } from "zod";

export const sendWelcomeEmail = defineJob({
  args: z.object({ userId: z.string() }),
  attempts: 5,
  backoff: { type: "exponential", delay: "1s", jitter: 0.5 },
  timeout: "30s",
  async handler({ userId }, { state, log }) {
    await state.mailer.send(userId);
    log.info({ userId }, "welcome email sent");
  },
});

export const sendReminder = defineJob({
  args: z.object({ userId: z.string() }),
  delay: "2s", // not at once, unless the call says otherwise
  async handler({ userId }, { state }) {
    await state.mailer.send(userId);
  },
});

export const sendReceipt = defineJob({
  args: z.object({ orderId: z.string() }),
  async handler({ orderId }, { state }) {
    await state.mailer.send(`order ${orderId}`);
  },
});

/** An exported async function is a job with the defaults. */
export async function pruneSessions() {
  return { pruned: 3 };
}
