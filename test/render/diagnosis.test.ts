import { expect, test } from "vitest";
import type { Diagnosis } from "../../src/inspect/doctor/diagnose.ts";
import { renderDiagnosis } from "../../src/render/diagnosis.ts";
import { colored, plain } from "./style.ts";

const diagnosis: Diagnosis = {
  broker: "redis://10.0.0.5:6379",
  errors: 1,
  warnings: 0,
  findings: [
    {
      level: "error",
      check: "queues",
      what: "queue mail\n has no worker, and 12 jobs to run; this goes on beyond the end of the line",
      why: "nobody will run them",
      fix: "taskq run-worker --queue mail",
    },
    { level: "ok", check: "version", what: "Redis 7.0.15", why: null, fix: null },
  ],
};

test("each finding says what, why and what to do, within 80 columns", () => {
  expect(renderDiagnosis(diagnosis, { style: plain })).toBe(
    [
      "error    queues: queue mail\\n has no worker, and 12 jobs to run; this goes on",
      "         beyond the end of the line",
      "         why: nobody will run them",
      "         do:  taskq run-worker --queue mail",
      "ok       version: Redis 7.0.15",
      "",
      "not ok: 1 error, 0 warnings at redis://10.0.0.5:6379",
    ].join("\n"),
  );
});

test("in colour, errors are red and what is well is green", () => {
  const text = renderDiagnosis({ ...diagnosis, errors: 0 }, { style: colored });
  expect(text).toContain("\u001b[31merror  \u001b[39m");
  expect(text).toContain("\u001b[32mok     \u001b[39m");
  expect(text).toContain("\u001b[32mok\u001b[39m: 0 errors");
});
