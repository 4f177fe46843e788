// The shortest script that counts what queues hold: raw-stats.js <url> <queues>
import { Redis } from "ioredis";

const [url, queues] = process.argv.slice(2);
const redis = new Redis(url);
const lists = ["wait", "active"];
const sets = ["prioritized", "delayed", "failed", "completed", "waiting-children"];
const pipeline = redis.pipeline();
for (let queue = 0; queue < Number(queues); queue++) {
  for (const list of lists) pipeline.llen(`bull:q${queue}:${list}`);
  for (const set of sets) pipeline.zcard(`bull:q${queue}:${set}`);
}
const replies = (await pipeline.exec()).map(([, count]) => count);
const rows = Array.from({ length: Number(queues) }, (_, queue) => {
  const counts = replies.slice(queue * 7, queue * 7 + 7);
  return { queue: `q${queue}`, ...Object.fromEntries([...lists, ...sets].map((name, at) => [name, counts[at]])) };
});
process.stdout.write(`${JSON.stringify(rows)}\n`);
redis.disconnect();
