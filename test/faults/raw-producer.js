// A producer as BullMQ's documentation shows it: raw-producer.js <url> <queue>
import { Queue } from "bullmq";

const [url, name] = process.argv.slice(2);
const queue = new Queue(name, { connection: { url } });
queue.on("error", () => {}); // without a listener it would print without end
await queue.add("nap", { ms: 0 });
await queue.close();
