// The same jobs through a whole taskq service, log included: taskq-worker.js <url> <queue> <jobs> <concurrency> [full]
// `full`: beside the defaults also a schema, a timeout of the job's own, each start in the log, and metrics.
import { openSync } from "node:fs";
import { z } from "zod";
import { createLog } from "../dist/src/commands/log/log.js";
import { resolveConfig } from "../dist/src/config/resolve.js";
import { createCatalog } from "../dist/src/discovery/create-catalog.js";
import { defineJob } from "../dist/src/index.js";
import { createStyle } from "../dist/src/render/color.js";
import { startService } from "../dist/src/service/service.js";
import { createStopwatch } from "./stopwatch.js";

const [url, queue, jobs, concurrency, mode] = process.argv.slice(2);
const isFull = mode === "full";
const stopwatch = createStopwatch(Number(jobs));
const definition = defineJob({
  ...(isFull && { args: z.object({ userId: z.string(), template: z.string() }), timeout: "30s" }),
  async handler() {
    stopwatch.started();
  },
});
const catalog = createCatalog({
  jobs: [{ name: "bench.noop", queue, domain: "bench", file: "bench.js", exported: "noop", definition }],
});
const config = resolveConfig({
  root: process.cwd(),
  config: { broker: url, ...(isFull && { http: "127.0.0.1:0" }) },
  env: {},
  flags: { concurrency: [concurrency] },
  packageName: "bench",
});
const log = createLog({ fd: openSync("/dev/null", "w"), format: "json", style: createStyle(false), verbose: isFull });

const service = await startService({
  config,
  catalog,
  queues: [queue],
  schedules: true,
  burst: false,
  shareQueues: [],
  allowEviction: false,
  onEvent(event) {
    log(event);
    if (event.type === "completed") stopwatch.completed();
  },
});
console.log(JSON.stringify(await stopwatch.finished));
service.close("done");
process.exit(await service.ended);
