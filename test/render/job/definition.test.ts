import { expect, test } from "vitest";
import type { JobDefinitionDetail } from "../../../src/inspect/job-definition.ts";
import { renderJobDefinition } from "../../../src/render/job/definition.ts";
import { plain } from "../style.ts";

const detail: JobDefinitionDetail = {
  job: "mail.send",
  file: "src/app/domain/mail/jobs/tasks.ts",
  exported: "send",
  domain: "mail",
  queue: "post",
  concurrency: 1,
  schema: { vendor: "zod", json: {} },
  schedules: [
    {
      name: "mail.daily",
      cron: "0 8 * * *",
      everyMs: null,
      timezone: "Europe/Berlin",
      file: "src/app/domain/mail/jobs/scheduled.ts",
      options: [{ option: "timeout", value: "5m", valueMs: 300_000, from: "the schedule mail.daily" }],
    },
  ],
  options: [
    { option: "attempts", value: 5, valueMs: null, from: "the job" },
    { option: "backoff", value: { type: "fixed", delay: "1s" }, valueMs: null, from: "config: defaults" },
    { option: "timeout", value: 90_000, valueMs: 90_000, from: "config: queues.post" },
    { option: "heartbeat", value: null, valueMs: null, from: "built in" },
    { option: "unique", value: "a function", valueMs: null, from: "the job" },
  ],
  keepCompleted: { count: 1_000, ageMs: 86_400_000 },
  keepFailed: { count: 1, ageMs: 1_209_600_000 },
};

test("a job's definition is its place, then its options with who says each", () => {
  expect(renderJobDefinition(detail, { style: plain })).toBe(`\
mail.send
  file             src/app/domain/mail/jobs/tasks.ts (send)
  domain           mail
  queue            post, 1 job at once in one process
  keeps completed  at most 1000 jobs, for 1 d
  keeps failed     at most 1 job, for 14 d
  schema           zod
  schedule         mail.daily: Every day at 08:00, Europe/Berlin; timeout 5 min

OPTION     VALUE                          SAID BY
attempts   5                              the job
backoff    {"type":"fixed","delay":"1s"}  config: defaults
timeout    1 min 30 s                     config: queues.post
heartbeat  none                           built in
unique     a function                     the job`);
});

test.each([
  [null, "  schema           none: any JSON object is taken"],
  [{ vendor: "valibot", json: null }, "  schema           valibot, which has no JSON schema for it"],
])("what is known of the schema is said: %j", (schema, line) => {
  expect(renderJobDefinition({ ...detail, schema }, { style: plain }).split("\n")).toContain(line);
});
