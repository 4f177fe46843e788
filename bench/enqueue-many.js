// The same jobs through enqueueMany, checks and receipts included: enqueue-many.js <url> <queue> <jobs>
import { openBroker } from "../dist/src/broker/broker.js";
import { enqueueMany } from "../dist/src/client/enqueue-many.js";
import { resolveConfig } from "../dist/src/config/resolve.js";
import { defineJob } from "../dist/src/index.js";

const [url, queue, jobs] = process.argv.slice(2);
const definition = defineJob({ handler: async () => {} });
const job = { name: "bench.noop", queue, domain: "bench", file: "bench.js", definition };
const config = resolveConfig({ root: process.cwd(), config: { broker: url }, env: {}, packageName: "bench" });
const broker = await openBroker({ url, prefix: config.prefix, root: config.root, kind: "reconnecting" });
await import("bullmq");

const rows = Array.from({ length: Number(jobs) }, (_, n) => ({ userId: `user-${n}`, template: "welcome" }));
const start = performance.now();
const startCpu = process.cpuUsage();
const { enqueued } = await enqueueMany(async () => broker, config, job, rows);
const { user, system } = process.cpuUsage(startCpu);
const ms = performance.now() - start;
console.log(JSON.stringify({ rate: (enqueued / ms) * 1_000, cpuUs: (user + system) / enqueued }));
await broker.close();
