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

/** Fails at its first `times` attempts: what fails now and then must end well all the same. */
export const failTimes = defineJob({
  attempts: 3,
  backoff: { type: "fixed", delay: "200ms" },
  async handler({ times, ms = 0 }, context) {
    write("start", context);
    await wait(ms);
    if (context.attempt <= times) throw new Error(`attempt ${context.attempt} of ${times} that fail`);
    write("end", context);
  },
});

/** Keeps the loop busy for `ms`: no timer runs meanwhile, so nothing in this thread can renew a lock. */
export const block = defineJob({
  async handler({ ms }, context) {
    write("start", context);
    const endMs = performance.now() + ms;
    while (performance.now() < endMs);
    write("end", context);
  },
});

/** Takes its process along without a word, as the kernel does where memory is out. */
export const killProcess = defineJob({
  maxInterruptions: 3,
  async handler({ ms = 0 }, context) {
    write("start", context);
    await wait(ms);
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {});
  },
});

/** Ends its process, as a library that gives up does. */
export const exit = defineJob({
  async handler({ ms = 0, code = 1 }, context) {
    write("start", context);
    await wait(ms);
    process.exit(code);
  },
});

/** Forgets a promise that rejects, and goes on: in plain Node that ends the process. */
export const rejectUnhandled = defineJob({
  async handler({ ms = 0 }, context) {
    write("start", context);
    void Promise.reject(new Error("nobody waits for this"));
    await wait(ms);
    write("end", context);
  },
});

/** Waits twice until its signal aborts, and forgets one of the two. */
export const forgetWait = defineJob({
  async handler(_args, context) {
    const { signal } = context;
    write("start", context);
    void wait(60_000, undefined, { signal });
    signal.addEventListener("abort", () => void Promise.reject(new Error("not saved")), { once: true });
    await wait(60_000, undefined, { signal });
  },
});

/** Throws where no promise holds it: no handler and no `await` can catch this. */
export const throwInTimer = defineJob({
  async handler({ ms = 0 }, context) {
    write("start", context);
    setTimeout(() => {
      throw new Error("thrown in a timer");
    });
    await wait(ms);
    write("end", context);
  },
});

/** Ends well, and leaves something behind that fails later. */
export const throwLate = defineJob({
  async handler({ ms }, context) {
    write("start", context);
    setTimeout(() => {
      throw new Error("thrown too late");
    }, ms);
    write("end", context);
  },
});

/** Hears its signal, and takes `ms` to tidy up: less or more than the grace, as the test says. */
export const slowAbort = defineJob({
  async handler({ ms }, context) {
    write("start", context);
    const { signal } = context;
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await wait(ms);
    throw signal.reason;
  },
});

/** The same faults in a thread of their own. */
export const isolatedNap = defineJob({ ...nap, isolate: true });
export const isolatedBlock = defineJob({ ...block, isolate: true, timeout: 500 });
export const isolatedEndless = defineJob({ ...endless, isolate: true });
export const isolatedSpin = defineJob({ ...block, isolate: true });
export const isolatedExit = defineJob({ ...exit, isolate: true });
export const isolatedReject = defineJob({ ...rejectUnhandled, isolate: true });
export const isolatedForget = defineJob({ ...forgetWait, isolate: true });
export const isolatedThrow = defineJob({ ...throwInTimer, isolate: true });

/** Needs ever more memory, a little at a time. */
export const isolatedHunger = defineJob({
  isolate: true,
  maxMemory: "32mb",
  async handler(_args, context) {
    write("start", context);
    let held = null;
    for (;;) held = { held, value: Math.random() };
  },
});

/** A line written by `writeSync` survives the SIGKILL of its writer. */
function write(what, { job, state }) {
  writeSync(state.ledger, `${what} ${job.id} ${process.pid} ${Date.now()}\n`);
}
