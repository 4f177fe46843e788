// A worker as BullMQ's documentation shows it: raw-worker.js <url> <queue> <jobs> <concurrency>
import { Worker } from "bullmq";
import { Redis } from "ioredis";

const [url, queue, jobs, concurrency] = process.argv.slice(2);
const connection = new Redis(url, { maxRetriesPerRequest: null });
let firstMs;
let done = 0;
const worker = new Worker(
  queue,
  async () => {
    firstMs ??= performance.now();
  },
  {
    connection,
    concurrency: Number(concurrency),
    autorun: false,
    removeOnComplete: { count: 1_000, age: 86_400 },
    removeOnFail: { count: 5_000, age: 1_209_600 },
  },
);
const finished = new Promise((resolve) => {
  worker.on("completed", () => {
    if (++done === Number(jobs)) resolve(performance.now());
  });
});
worker.run();
const lastMs = await finished;
console.log((Number(jobs) / (lastMs - firstMs)) * 1_000);
await worker.close();
connection.disconnect();
