import { expect, test } from "vitest";
import { z } from "zod";
import { resolveConfig } from "../../src/config/resolve.ts";
import type { Config } from "../../src/definition/config.ts";
import { layerOptions } from "../../src/definition/effective-options.ts";
import { type AnyJob, defineJob } from "../../src/definition/job.ts";
import { layersOf } from "../../src/definition/layers.ts";
import { defineSchedule, type ScheduleSettings } from "../../src/definition/schedule.ts";
import type { CatalogJob, CatalogSchedule } from "../../src/discovery/catalog.ts";
import { createCatalog } from "../../src/discovery/create-catalog.ts";
import { describeJob } from "../../src/inspect/job-definition.ts";

const handler = () => {};
const configOf = (config: Config) => resolveConfig({ root: "/srv/shop", env: {}, config });
const jobOf = (definition: AnyJob): CatalogJob => ({
  name: "mail.send",
  queue: "post",
  domain: "mail",
  file: "src/app/domain/mail/jobs/tasks.ts",
  exported: "send",
  definition,
});
const describe = (config: Config, definition: AnyJob, schedules: readonly CatalogSchedule[] = []) => {
  const job = jobOf(definition);
  return describeJob(configOf(config), createCatalog({ jobs: [job], schedules }), job);
};
const optionsOf = (config: Config, definition: AnyJob) =>
  Object.fromEntries(describe(config, definition).options.map(({ option, value, from }) => [option, [value, from]]));

test("each option has the value of the last layer that says it, and that layer's name", () => {
  const config: Config = {
    maxArgsSize: "64kb",
    defaults: { attempts: 2, timeout: "1m", maxInterruptions: 1, priority: 9, delay: "1m" },
    queues: { post: { timeout: "2m", delay: "2s" } },
  };

  expect(optionsOf(config, defineJob({ attempts: 5, priority: 3, backoff: () => 0, handler }))).toEqual({
    attempts: [5, "the job"],
    backoff: ["a function", "the job"],
    timeout: ["2m", "config: queues.post"],
    heartbeat: [null, "built in"],
    autoHeartbeat: [false, "built in"],
    maxInterruptions: [1, "config: defaults"],
    isolate: [false, "built in"],
    maxMemory: [null, "built in"],
    priority: [3, "the job"],
    delay: ["2s", "config: queues.post"],
    unique: [false, "built in"],
    maxArgsSize: ["64kb", "config: defaults"],
  });
});

test("what is shown is what a worker takes", () => {
  const config = configOf({ defaults: { attempts: 2 }, queues: { post: { timeout: "2m", maxInterruptions: 4 } } });
  const job = jobOf(
    defineJob({ heartbeat: 1_500, attempts: undefined as never, isolate: true, maxMemory: "256mb", handler }),
  );
  const shown = describeJob(config, createCatalog({ jobs: [job] }), job).options;
  const detailOf = (name: string) => shown.find(({ option }) => option === name)!;

  expect(layerOptions(...layersOf(config, job).map(({ options }) => options))).toEqual({
    attempts: detailOf("attempts").value,
    backoff: undefined,
    timeoutMs: detailOf("timeout").valueMs,
    heartbeatMs: detailOf("heartbeat").valueMs,
    autoHeartbeat: detailOf("autoHeartbeat").value ?? false,
    maxInterruptions: detailOf("maxInterruptions").value,
    isolate: detailOf("isolate").value,
    maxMemoryBytes: 256 * 1_024 ** 2,
  });
});

test("a schedule of the job is told with what it says over the job", () => {
  const job = jobOf(defineJob({ attempts: 3, timeout: "1m", handler }));
  const settings: ScheduleSettings = { job: job.definition, cron: "0 8 * * *", timeout: "5m" };
  const schedule: CatalogSchedule = {
    name: "mail.daily",
    job,
    file: "src/app/domain/mail/jobs/scheduled.ts",
    cron: "0 8 * * *",
    everyMs: undefined,
    timezone: "Europe/Berlin",
    args: {},
    overlap: "skip",
    catchUp: "once",
    catchUpWindowMs: undefined,
    priority: 0,
    definition: defineSchedule(settings),
  };
  const ofAnother = { ...schedule, name: "mail.other", job: { ...job, name: "mail.other" } };

  expect(describe({}, job.definition, [schedule, ofAnother]).schedules).toEqual([
    {
      name: "mail.daily",
      cron: "0 8 * * *",
      everyMs: null,
      timezone: "Europe/Berlin",
      file: "src/app/domain/mail/jobs/scheduled.ts",
      options: [{ option: "timeout", value: "5m", valueMs: 300_000, from: "the schedule mail.daily" }],
    },
  ]);
});

test("its place, its queue's settings and its schema are told", () => {
  const config: Config = { queues: { post: { concurrency: 2, keepFailed: { age: "30d" } } } };
  const describedBy = (args: z.ZodType) => describe(config, defineJob({ args, handler }));

  expect(describedBy(z.object({ to: z.string() }))).toMatchObject({
    job: "mail.send",
    file: "src/app/domain/mail/jobs/tasks.ts",
    exported: "send",
    domain: "mail",
    queue: "post",
    concurrency: 2,
    schema: { vendor: "zod", json: { properties: { to: { type: "string" } } } },
    keepCompleted: { count: 1_000, ageMs: 86_400_000 },
    keepFailed: { count: 5_000, ageMs: 2_592_000_000 },
  });
  expect(describedBy(z.object({ at: z.date() })).schema).toEqual({ vendor: "zod", json: null });
  expect(describe(config, defineJob({ handler })).schema).toBe(null);
});

test("a job that is not kept when it has completed says so of itself alone", () => {
  const { keepCompleted, keepFailed } = describe({}, defineJob({ keepCompleted: 0, handler }));

  expect(keepCompleted.count).toBe(0);
  expect(keepFailed.count).toBe(5_000);
});
