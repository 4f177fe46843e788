import { expect, test } from "vitest";
import { defineJob } from "../../src/definition/job.ts";
import { defineSchedule } from "../../src/definition/schedule.ts";
import { createCatalog } from "../../src/discovery/create-catalog.ts";
import { createMetrics, type Now } from "../../src/serve/metrics.ts";
import { samplesOf } from "../helpers/http.ts";

const job = (name: string, queue: string) => ({
  name,
  queue,
  domain: queue,
  file: "tasks.ts",
  exported: name,
  definition: defineJob({ handler: async () => {} }),
});
const send = job("mail.send", "mail");
const catalog = createCatalog({
  jobs: [send, job("reports.build", "reports")],
  schedules: [
    {
      name: "mail.hourly",
      job: send,
      file: "scheduled.ts",
      cron: "0 * * * *",
      everyMs: undefined,
      timezone: "UTC",
      args: {},
      overlap: "skip",
      catchUp: "once",
      catchUpWindowMs: undefined,
      priority: 0,
      definition: defineSchedule({ job: send.definition, cron: "0 * * * *" }),
    },
  ],
});

function create(now: Partial<Now> = {}) {
  return createMetrics({
    catalog,
    queues: ["mail"],
    info: { app: "shop", release: "ab12", version: "1.0.0" },
    now: () => ({ active: new Map(), abandoned: 0, brokerUp: true, delayMs: { p50: 0, p99: 0, max: 0 }, ...now }),
  });
}
const read = async (metrics: ReturnType<typeof create>) => samplesOf(await metrics.render());

test("ends are counted by queue, job and outcome, from zero on", async () => {
  const metrics = create();
  metrics.ended("mail", "mail.send", "completed", 20);
  metrics.ended("mail", "mail.send", "failed", 2_000);
  metrics.ended("mail", "mail.send", "put_back");

  const samples = await read(metrics);
  const of = (outcome: string) => samples[`taskq_jobs_total{queue="mail",job="mail.send",outcome="${outcome}"}`];
  expect(["completed", "failed", "retried", "put_back"].map(of)).toEqual([1, 1, 0, 1]);
  expect(samples).toMatchObject({
    'taskq_job_duration_seconds_bucket{le="0.05",queue="mail",job="mail.send"}': 1,
    'taskq_job_duration_seconds_sum{queue="mail",job="mail.send"}': 2.02,
    'taskq_job_duration_seconds_count{queue="mail",job="mail.send"}': 2,
  });
});

test("jobs of queues that this process does not take from have no series", async () => {
  expect(await create().render()).not.toContain("reports");
});

test("a job or schedule that the project does not have is unknown, whatever its name", async () => {
  const metrics = create();
  for (let n = 0; n < 100; n++) {
    metrics.ended("mail", `evil"\n${n}`, "put_back");
    metrics.waited("mail", `evil${n}`, `evil${n}`, 1);
    metrics.tickSkipped(`evil${n}`);
    metrics.ticksMissed(`evil${n}`, 2);
  }

  expect(await read(metrics)).toMatchObject({
    'taskq_jobs_total{queue="mail",job="unknown",outcome="put_back"}': 100,
    'taskq_job_wait_seconds_count{queue="mail",job="unknown"}': 100,
    'taskq_schedule_lag_seconds_count{schedule="unknown"}': 100,
    'taskq_ticks_skipped_total{schedule="unknown"}': 100,
    'taskq_ticks_missed_total{schedule="unknown"}': 200,
  });
  expect(await metrics.render()).not.toContain("evil");
});

test("a wait is a lag where a tick was waited for", async () => {
  const metrics = create();
  metrics.waited("mail", "mail.send", null, 40);
  metrics.waited("mail", "mail.send", "mail.hourly", 7_000);

  expect(await read(metrics)).toMatchObject({
    'taskq_job_wait_seconds_count{queue="mail",job="mail.send"}': 2,
    'taskq_job_wait_seconds_sum{queue="mail",job="mail.send"}': 7.04,
    'taskq_schedule_lag_seconds_count{schedule="mail.hourly"}': 1,
    'taskq_schedule_lag_seconds_bucket{le="5",schedule="mail.hourly"}': 0,
    'taskq_schedule_lag_seconds_bucket{le="10",schedule="mail.hourly"}': 1,
  });
});

test("how the process stands is read when somebody asks", async () => {
  const samples = await read(
    create({ active: new Map([["mail", 3]]), abandoned: 2, brokerUp: false, delayMs: { p50: 1, p99: 20, max: 300 } }),
  );

  expect(samples).toMatchObject({
    'taskq_worker_info{app="shop",release="ab12",version="1.0.0"}': 1,
    'taskq_jobs_active{queue="mail"}': 3,
    taskq_abandoned_handlers: 2,
    taskq_broker_up: 0,
    'taskq_event_loop_delay_seconds{stat="p50"}': 0.001,
    'taskq_event_loop_delay_seconds{stat="p99"}': 0.02,
    'taskq_event_loop_delay_seconds{stat="max"}': 0.3,
  });
  expect(samples.process_cpu_seconds_total).toBeGreaterThan(0);
  expect(samples.process_resident_memory_bytes).toBeGreaterThan(1e6);
  expect(samples.nodejs_heap_size_used_bytes).toBeGreaterThan(1e6);
  expect(Math.abs(samples.process_start_time_seconds! - Date.now() / 1_000)).toBeLessThan(3_600);
});
