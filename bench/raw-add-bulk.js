// Many jobs as BullMQ's documentation shows it: raw-add-bulk.js <url> <queue> <jobs>
import { Queue } from "bullmq";

const [url, name, jobs] = process.argv.slice(2);
const queue = new Queue(name, { connection: { url } });
await queue.waitUntilReady();

const start = performance.now();
const startCpu = process.cpuUsage();
for (let from = 0; from < Number(jobs); from += 1_000) {
  await queue.addBulk(
    Array.from({ length: Math.min(1_000, Number(jobs) - from) }, (_, n) => ({
      name: "bench.noop",
      data: { userId: `user-${from + n}`, template: "welcome" },
    })),
  );
}
const { user, system } = process.cpuUsage(startCpu);
const ms = performance.now() - start;
console.log(JSON.stringify({ rate: (Number(jobs) / ms) * 1_000, cpuUs: (user + system) / Number(jobs) }));
await queue.close();
