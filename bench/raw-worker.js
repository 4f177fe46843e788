// A worker as BullMQ's documentation shows it: raw-worker.js <url> <queue> <jobs> <concurrency>
import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { createStopwatch } from "./stopwatch.js";

const [url, queue, jobs, concurrency] = process.argv.slice(2);
const connection = new Redis(url, { maxRetriesPerRequest: null });
const stopwatch = createStopwatch(Number(jobs));
const worker = new Worker(
  queue,
  async () => {
    stopwatch.started();
  },
  {
    connection,
    concurrency: Number(concurrency),
    autorun: false,
    removeOnComplete: { count: 1_000, age: 86_400 },
    removeOnFail: { count: 5_000, age: 1_209_600 },
  },
);
worker.on("completed", stopwatch.completed);
worker.run();
console.log(JSON.stringify(await stopwatch.finished));
await worker.close();
connection.disconnect();
