import { expect, test } from "vitest";
import { defineJob } from "../../src/definition/job.ts";
import type { CatalogJob } from "../../src/discovery/catalog.ts";
import { createCatalog } from "../../src/discovery/create-catalog.ts";

const toJob = (name: string, queue = "mail"): CatalogJob => ({
  name,
  queue,
  domain: "mail",
  file: "tasks.ts",
  exported: "send",
  definition: defineJob({ handler: () => {} }),
});
const attempt = (name: string, known: readonly string[]) => {
  try {
    return createCatalog({ jobs: known.map((known) => toJob(known)) }).job(name);
  } catch (error) {
    return error;
  }
};

test("a job is found by its name, and by its definition or the function it was exported as", () => {
  const send = toJob("mail.send");
  const value = async () => {};
  const { job, findJob, jobOf } = createCatalog({ jobs: [{ ...send, value }] });
  expect(job("mail.send")).toBe(findJob("mail.send"));
  expect(jobOf(send.definition)).toBe(job("mail.send"));
  expect(jobOf(value)).toBe(job("mail.send"));
  expect(jobOf(async () => {})).toBeUndefined();
  expect(findJob("mail.sent")).toBeUndefined();
});

test("the queues are sorted, each once", () => {
  const jobs = [toJob("a", "reports"), toJob("b", "mail"), toJob("c", "reports")];
  expect(createCatalog({ jobs }).queues).toEqual(["mail", "reports"]);
});

test("an unknown name gets the nearest one, also of those that lack only the domain", () => {
  const error = { code: "JOB_NOT_FOUND", message: 'no job is named "mail.sned"', hint: "Did you mean mail.send?" };
  expect(attempt("mail.sned", ["mail.send", "mail.prune"])).toMatchObject(error);
  expect(attempt("send", ["mail.prune", "mail.send"])).toMatchObject({ hint: "Did you mean mail.send?" });
});

test("where none is near, at most ten are listed", () => {
  const many = Array.from({ length: 12 }, (_, index) => `mail.job${String(index).padStart(2, "0")}`);
  expect(attempt("refund", ["b.two", "a.one"])).toMatchObject({ hint: "The jobs of this project are a.one, b.two." });
  expect(attempt("refund", many)).toMatchObject({
    hint: `The jobs of this project are ${many.slice(0, 10).join(", ")} and 2 more.`,
  });
  expect(attempt("refund", [])).toMatchObject({ hint: "The jobs of this project are none." });
});
