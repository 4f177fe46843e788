import { expect, test } from "vitest";
import { resolveConfig } from "../../src/config/resolve.ts";
import type { Config } from "../../src/definition/config.ts";
import { enqueueTerms } from "../../src/definition/enqueue-terms.ts";
import { defineJob, type EnqueueDefaults } from "../../src/definition/job.ts";
import { layersOf } from "../../src/definition/layers.ts";
import { defineSchedule } from "../../src/definition/schedule.ts";

const handler = () => {};
const layersFor = (config: Config, said: EnqueueDefaults, schedule?: { priority: number }) => {
  const definition = defineJob({ ...said, handler });
  const declared = schedule && { name: "nightly", definition: defineSchedule({ job: definition, ...schedule }) };
  return layersOf(resolveConfig({ root: "/srv", config, env: {} }), { queue: "mail", definition }, declared);
};
const termsOf = (...said: Parameters<typeof layersFor>) => enqueueTerms(layersFor(...said));

test("where nobody says anything a job runs at once, before all, and may be one of many", () => {
  expect(termsOf({}, {})).toEqual({ priority: 0, delay: undefined, unique: false, maxArgsSize: 1_048_576 });
});

test("the job wins over its queue, its queue over the defaults, the defaults over the whole config", () => {
  const config: Config = {
    maxArgsSize: 100,
    defaults: { priority: 1, delay: "1s", unique: true },
    queues: { mail: { priority: 2, delay: "2s", maxArgsSize: "2kb" }, other: { priority: 9 } },
  };

  expect(termsOf(config, {})).toEqual({ priority: 2, delay: "2s", unique: true, maxArgsSize: 2_048 });
  expect(termsOf(config, { priority: 3, maxArgsSize: "3kb", unique: "key" })).toEqual({
    priority: 3,
    delay: "2s",
    unique: "key",
    maxArgsSize: 3_072,
  });
  expect(termsOf({ maxArgsSize: 100, defaults: { maxArgsSize: 200 } }, {}).maxArgsSize).toBe(200);
});

test("a schedule says the priority of its runs, else its job does", () => {
  expect(termsOf({}, { priority: 3 }, { priority: 5 }).priority).toBe(5);
  expect(enqueueTerms(layersFor({}, { priority: 3 })).priority).toBe(3);
});
