import { writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { defineJob } from "taskq";

/** Works for `ms`, whatever its signal says. */
export const nap = defineJob({
  async handler({ ms }, context) {
    write("start", context);
    await wait(ms);
    write("end", context);
  },
});

/** Never ends, and does not listen to its signal. */
export const endless = defineJob({
  attempts: 1,
  async handler(_args, context) {
    write("start", context);
    await new Promise(() => {});
  },
});

/** A line written by `writeSync` survives the SIGKILL of its writer. */
function write(what, { job, state }) {
  writeSync(state.ledger, `${what} ${job.id} ${process.pid} ${Date.now()}\n`);
}
