import { writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { defineJob } from "taskq";

/** Works for `ms`; its id in the ledger is the tick that it is for. */
export const note = defineJob({
  async handler({ name, ms = 0 }, { scheduledFor, state }) {
    const write = (what) =>
      writeSync(state.ledger, `${what} ${name}@${scheduledFor.getTime()} ${process.pid} ${Date.now()}\n`);
    write("start");
    await wait(ms);
    write("end");
  },
});
