import { parentPort, workerData } from "node:worker_threads";
import { loadConfig } from "../../config/load.ts";
import { discover } from "../../discovery/discover.ts";
import { createLoader } from "../../loader/loader.ts";
import type { Names, NamesPlace } from "./names.ts";

// The thread of read-names.ts: files of the project may print, block or throw here, and nobody at the shell sees it.
const config = await loadConfig({ ...(workerData as NamesPlace), required: true });
const { catalog } = await discover(config, createLoader(config.root));
const names: Names = {
  jobs: catalog.jobs.map(({ name }) => name),
  queues: catalog.queues,
  schedules: catalog.schedules.map(({ name }) => name),
};
parentPort!.postMessage(names);
