// What plain BullMQ does where taskq makes a promise, measured with the same jobs, ledger and Redis. One line a measurement.
// node test/faults/raw.js [--only takeover,deploys] [--at-once 1] [--json figures.json]
import { parseArgs } from "node:util";
import { createJiti } from "jiti";

const { values } = parseArgs({
  options: { only: { type: "string" }, "at-once": { type: "string", default: "1" }, json: { type: "string" } },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130)); // what it started ends with it
const { measureRaw } = await createJiti(import.meta.url).import("./raw/measure.ts");

const code = await measureRaw({
  only: values.only?.split(","),
  atOnce: Number(values["at-once"]),
  json: values.json,
  print: console.log,
});
process.exit(code);
