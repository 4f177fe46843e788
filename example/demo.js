// Runs the example for real, on a private redis-server: a worker, schedules, jobs from the command line, a clean end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = fileURLToPath(new URL("../dist/bin/taskq.js", import.meta.url));
const broker = ["--broker", "embedded"]; // whatever the environment says: never a Redis that belongs to someone else
const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) };

/** Runs a command to its end, shows it and what it printed, and returns its output. */
async function taskq(...args) {
  console.log(`\n$ taskq ${args.map(quote).join(" ")}`);
  const child = spawn(process.execPath, [bin, ...args, ...broker], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`taskq ${args[0]} ended with exit code ${code}`);
  return output;
}

function quote(word) {
  return /^[\w./=*-]+$/.test(word) ? word : `'${word}'`;
}

/** Starts the worker. `seen(pattern)` resolves when a line of its log matches. */
function startWorker() {
  console.log("\n$ taskq run-worker &");
  const args = [bin, "run-worker", "--log", "pretty", ...broker];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = [];
  const waiting = new Set();
  createInterface({ input: child.stdout }).on("line", (line) => {
    console.log(`  worker │ ${line}`);
    lines.push(line);
    for (const look of waiting) look();
  });
  const ended = once(child, "close");

  return {
    ended,
    lines,
    stop: () => child.kill("SIGTERM"),
    kill: () => child.kill("SIGKILL"),
    async seen(pattern, times = 1) {
      const found = () => lines.filter((line) => pattern.test(line)).length >= times;
      const arrived = new Promise((resolve) => {
        const look = () => found() && resolve(waiting.delete(look));
        waiting.add(look);
        look();
      });
      const gone = ended.then(([code]) => {
        if (!found()) throw new Error(`the worker ended with exit code ${code} before its log showed ${pattern}`);
      });
      await Promise.race([arrived, gone]);
    },
  };
}

await taskq("check");
const worker = startWorker();
try {
  await worker.seen(/started/);
  await taskq("enqueue", "accounts.sendWelcomeEmail", "--args", '{"userId":"42"}');
  await taskq("enqueue", "accounts.sendReminder", "--args", '{"userId":"42"}');
  await taskq("enqueue", "billing.chargeCard", "--args", '{"orderId":"A-1","card":"4242"}');
  const refund = JSON.parse(await taskq("enqueue", "billing.refundOrder", "--args", '{"orderId":"A-2"}', "--json"));
  await taskq("enqueue", "billing.printInvoice", "orderId=A-1");
  await taskq("enqueue", "reports.generateReport", "--args", '{"month":"2026-11"}');
  await taskq("worker", "list");
  await taskq("schedule", "list");

  await worker.seen(/completed.*accounts\.sendReminder/);
  await worker.seen(/completed.*billing\.chargeCard/);
  await worker.seen(/completed.*billing\.printInvoice/); // in a thread of its own
  await worker.seen(/completed.*accounts\.sendReceipt/); // chargeCard has put it on its queue
  await worker.seen(/completed.*reports\.generateReport/);
  await worker.seen(/completed.*reports\.refreshTotals/, 2); // a schedule has fired twice
  await worker.seen(new RegExp(`failed.*${refund.id}.*attempt=2`));
  await taskq("job", "show", refund.id);
  await taskq("stats");
} catch (error) {
  worker.kill();
  throw error;
}

console.log("\n$ kill -TERM %1");
worker.stop();
const [code] = await worker.ended;

const count = (pattern) => worker.lines.filter((line) => pattern.test(line)).length;
console.log(`
What happened: the worker ran ${count(/ completed /)} jobs to their end, ${count(/accounts\.pruneSessions|reports\.refreshTotals/)} of them put there by schedules;
billing.chargeCard succeeded at its second attempt, billing.refundOrder failed after two and waits to be looked at,
billing.printInvoice computed in a thread of its own, and at SIGTERM the worker closed in good order with exit code ${code}.`);
process.exitCode = code;
