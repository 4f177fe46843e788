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

/** Never ends, does not listen to its signal, and may take no longer than a moment. */
export const overdue = defineJob({
  timeout: 200,
  async handler(_args, context) {
    write("start", context);
    await new Promise(() => {});
  },
});

/** Never ends, and does not listen to its signal. */
export const endless = defineJob({
  attempts: 3,
  async handler(_args, context) {
    write("start", context);
    await new Promise(() => {});
  },
});

/** Blocks the event loop for `ms`: no timer, no answer, no signal. */
export const block = defineJob({
  async handler({ ms }, context) {
    write("start", context);
    const untilMs = Date.now() + ms;
    while (Date.now() < untilMs);
    write("end", context);
  },
});

/** Takes its process with it. */
export const killProcess = defineJob({
  maxInterruptions: 3,
  async handler(_args, context) {
    write("start", context);
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {});
  },
});

/** Leaves a rejection behind that nobody handles, and would never end by itself. */
export const rejectUnhandled = defineJob({
  async handler(_args, context) {
    write("start", context);
    void Promise.reject(new Error("nobody waits for this"));
    await new Promise(() => {});
  },
});

/** The same from a timer, where it is an exception. */
export const throwInTimer = defineJob({
  async handler(_args, context) {
    write("start", context);
    setTimeout(() => {
      throw new Error("thrown in a timer");
    }, 10);
    await new Promise(() => {});
  },
});

/** A line written by `writeSync` survives the SIGKILL of its writer. */
function write(what, { job, state }) {
  writeSync(state.ledger, `${what} ${job.id} ${process.pid} ${Date.now()}\n`);
}
