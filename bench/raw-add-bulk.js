// Many jobs as BullMQ's documentation shows it: raw-add-bulk.js <url> <queue> <jobs>
import { Queue } from "bullmq";

const [url, name, jobs] = process.argv.slice(2);
const queue = new Queue(name, { connection: { url } });
await queue.waitUntilReady();

const rows = Array.from({ length: Number(jobs) }, (_, n) => ({ userId: `user-${n}`, template: "welcome" }));
const start = performance.now();
const startCpu = process.cpuUsage();
for (let from = 0; from < rows.length; from += 1_000) {
  await queue.addBulk(rows.slice(from, from + 1_000).map((data) => ({ name: "bench.noop", data })));
}
const { user, system } = process.cpuUsage(startCpu);
const ms = performance.now() - start;
console.log(JSON.stringify({ rate: (Number(jobs) / ms) * 1_000, cpuUs: (user + system) / Number(jobs) }));
await queue.close();
