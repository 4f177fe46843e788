// Puts no-op jobs on a queue: fill.js <url> <queue> <jobs>
import { Queue } from "bullmq";

const [url, name, jobs] = process.argv.slice(2);
const queue = new Queue(name, { connection: { url } });
const data = { userId: "user-1", template: "welcome" };
for (let left = Number(jobs); left > 0; left -= 1_000) {
  await queue.addBulk(Array.from({ length: Math.min(left, 1_000) }, () => ({ name: "bench.noop", data })));
}
await queue.close();
