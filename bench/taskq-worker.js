// The same jobs through a whole taskq service with its defaults, log included: taskq-worker.js <url> <queue> <jobs> <concurrency>
import { openSync } from "node:fs";
import { createLog } from "../dist/src/commands/log.js";
import { resolveConfig } from "../dist/src/config/resolve.js";
import { createCatalog } from "../dist/src/discovery/create-catalog.js";
import { defineJob } from "../dist/src/index.js";
import { createStyle } from "../dist/src/render/color.js";
import { startService } from "../dist/src/service/service.js";
import { createStopwatch } from "./stopwatch.js";

const [url, queue, jobs, concurrency] = process.argv.slice(2);
const stopwatch = createStopwatch(Number(jobs));
const definition = defineJob({
  async handler() {
    stopwatch.started();
  },
});
const catalog = createCatalog({
  jobs: [{ name: "bench.noop", queue, domain: "bench", file: "bench.js", exported: "noop", definition }],
});
const config = resolveConfig({
  root: process.cwd(),
  config: { broker: url },
  env: {},
  flags: { concurrency: [concurrency] },
  packageName: "bench",
});
const log = createLog({ fd: openSync("/dev/null", "w"), format: "json", style: createStyle(false), verbose: false });

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
