// A worker as BullMQ's documentation shows it, with the jobs and the ledger of the rig: raw-worker.js <url> <queue> <concurrency>
// Every default is BullMQ's. Only its log is in lines of JSON, so that they can be counted.
import { openSync, writeSync } from "node:fs";
import { Worker } from "bullmq";
import * as tasks from "./project/src/app/domain/work/jobs/tasks.js";

const [url, queue, concurrency] = process.argv.slice(2);
const jobs = new Map(Object.entries(tasks));
const state = { ledger: openSync(process.env.LEDGER, "a") };
const log = (event, fields = {}) => writeSync(1, `${JSON.stringify({ event, ...fields })}\n`);

const worker = new Worker(
  queue,
  async (job, _token, signal) =>
    jobs.get(job.name).handler(job.data, {
      job: { id: job.data.key ?? job.id },
      attempt: job.attemptsMade + 1,
      signal,
      state,
    }),
  { connection: { url }, concurrency: Number(concurrency) },
);
worker.on("error", ({ message }) => log("error", { message }));
worker.on("failed", (job, { message }) => log("failed", { id: job?.id, message }));
worker.on("stalled", (id) => log("stalled", { id }));
worker.on("ready", () => log("started"));

process.on("SIGTERM", async () => {
  await worker.close();
  process.exit(0);
});
