// Breaks workers and Redis at random, and looks whether the promises hold. The seed decides what is broken, and when.
// node test/faults/chaos.js [--minutes 5] [--seed n] [--workers 3]; 1 if a promise was broken. Build first.
import { parseArgs } from "node:util";
import { createJiti } from "jiti";
import { createClient } from "taskq";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    workers: { type: "string", default: "3" },
  },
});
const [minutes, seed, workers] = [values.minutes, values.seed, values.workers].map(Number);
if (!(minutes > 0) || !Number.isInteger(seed) || !(Number.isInteger(workers) && workers > 0)) {
  console.error("--minutes and --workers are numbers above 0, --seed a whole number");
  process.exit(2);
}

const jiti = createJiti(import.meta.url);
const [{ runChaos }, { renderChaos }] = await Promise.all([
  jiti.import("./chaos/run.ts"),
  jiti.import("./chaos/render.ts"),
]);

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => interrupted.abort());

console.log(`seed ${seed}: ${minutes} minutes, ${workers} workers; the same again with --seed ${seed}`);
try {
  const result = await runChaos({
    seed,
    workers,
    forMs: minutes * 60_000,
    createClient,
    say: console.log,
    signal: interrupted.signal,
  });
  console.log(`\n${renderChaos(result)}`);
  process.exit(result.broken.length > 0 ? 1 : 0);
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  console.log("stopped by hand; nothing is judged");
  process.exit(130);
}
