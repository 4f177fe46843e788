// How fast taskq is beside a script of BullMQ's own: as many no-op jobs, the same concurrency, one Redis, in turns.
//   worker   a whole worker process with its defaults, its log included (the default)
//   full     the same with a schema, a timeout, each start in the log, and metrics; the raw worker has none of it
//   enqueue  enqueueMany beside addBulk
// Prints ratios, never a verdict. `node bench/run.js [worker|full|enqueue] [--rounds 7] [--jobs 60000] [--concurrency 50] [--node <path>]`
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "7" },
    jobs: { type: "string", default: "60000" },
    concurrency: { type: "string", default: "50" },
    node: { type: "string", default: process.execPath },
  },
});
const pairs = {
  worker: ["raw-worker.js", "taskq-worker.js"],
  full: ["raw-worker.js", "taskq-worker.js"],
  enqueue: ["raw-add-bulk.js", "enqueue-many.js"],
};
const [what = "worker"] = positionals;
if (!Object.hasOwn(pairs, what)) throw new Error(`"${what}" is none of ${Object.keys(pairs).join(", ")}`);
const [rawScript, ourScript] = pairs[what];
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const port = await freePort();
const redis = spawn("redis-server", ["--port", String(port), "--save", "", "--appendonly", "no"], { stdio: "ignore" });
const url = `redis://127.0.0.1:${port}`;

try {
  const version = await capture(values.node, ["--version"]);
  console.log(
    `${what}: Node ${version.trim()}, ${values.jobs} no-op jobs, concurrency ${values.concurrency}, ${values.rounds} rounds in turns`,
  );
  const rates = [];
  const costs = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const raw = await measure(rawScript);
    const ours = await measure(ourScript);
    rates.push(ours.rate / raw.rate);
    costs.push(ours.cpuUs / raw.cpuUs);
    console.log(`raw ${show(raw)}   taskq ${show(ours)}`);
  }
  console.log(`rate, taskq / raw: ${spread(rates)}`);
  console.log(`cpu,  taskq / raw: ${spread(costs)}`);
} finally {
  redis.kill();
}

function show({ rate, cpuUs }) {
  return `${rate.toFixed(0)}/s ${cpuUs.toFixed(0)} us cpu a job`;
}

function spread(ratios) {
  const sorted = ratios.toSorted((a, b) => a - b);
  return `median ${sorted[Math.floor(sorted.length / 2)].toFixed(3)}, min ${sorted[0].toFixed(3)}, max ${sorted.at(-1).toFixed(3)}`;
}

/** Jobs a second and CPU time a job, as the process that is measured counts them. */
async function measure(script) {
  const queue = `bench-${Date.now()}`;
  if (what !== "enqueue") await capture(process.execPath, [here("fill.js"), url, queue, values.jobs]);
  const text = await capture(values.node, [here(script), url, queue, values.jobs, values.concurrency, what]);
  return JSON.parse(text.trim().split("\n").at(-1));
}

async function capture(command, args) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${args[0]} ended with exit code ${code}`);
  return text;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
