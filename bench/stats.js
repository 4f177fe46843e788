// How long `taskq stats` takes beside the shortest raw script, as whole processes, and whether that depends on how many jobs there are.
// Prints figures and ratios, never a verdict. Run `npm run build` first. `node bench/stats.js [--rounds 9] [--queues 100] [--jobs 1000000]`
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    queues: { type: "string", default: "100" },
    jobs: { type: "string", default: "1000000" },
  },
});
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const taskq = here("../dist/bin/taskq.js");
const port = await freePort();
const server = spawn("redis-server", ["--port", String(port), "--save", "", "--appendonly", "no"], { stdio: "ignore" });
const url = `redis://127.0.0.1:${port}`;
const redis = new Redis(url).on("error", () => {}); // the server is killed at the end

const fill = `
local now = redis.call('TIME')[1] * 1000
for i = ARGV[1], ARGV[2] do
  redis.call('HSET', KEYS[1] .. i, 'name', 'bench.noop', 'data', '{}', 'opts', '{"attempts":0}', 'timestamp', now)
  redis.call('LPUSH', KEYS[1] .. 'wait', i)
end`;

try {
  const queues = Number(values.queues);
  await redis.sadd("bull:taskq:queues", ...Array.from({ length: queues }, (_, queue) => `q${queue}`));
  console.log(`Node ${process.version}, ${queues} queues, ${values.rounds} rounds in turns`);
  const empty = await compare("no jobs");
  const each = Math.ceil(Number(values.jobs) / queues);
  for (let queue = 0; queue < queues; queue++) await redis.eval(fill, 1, `bull:q${queue}:`, 1, each);
  const full = await compare(`${each * queues} jobs`);
  console.log(`taskq stats, full / empty: ${(full / empty).toFixed(3)}`);
} finally {
  redis.disconnect();
  server.kill();
}

/** The median time of `taskq stats`. */
async function compare(what) {
  const raws = [];
  const ours = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    raws.push(await time([here("raw-stats.js"), url, values.queues]));
    ours.push(await time([taskq, "stats", "--json", "--broker", url]));
  }
  const [raw, our] = [raws, ours].map((times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]);
  console.log(
    `${what}: raw ${raw.toFixed(0)} ms, taskq ${our.toFixed(0)} ms, taskq / raw ${(our / raw).toFixed(3)} (medians)`,
  );
  return our;
}

async function time(args) {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"], cwd: "/" });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${args[0]} ended with exit code ${code}`);
  return performance.now() - startedMs;
}

async function freePort() {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address();
  free.close();
  return port;
}
