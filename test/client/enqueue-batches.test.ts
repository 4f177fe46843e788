import { expect, test } from "vitest";
import type { NewJob } from "../../src/broker/enqueue/new-job.ts";
import { createBatches } from "../../src/client/enqueue-batches.ts";
import { TaskqError } from "../../src/errors.ts";
import { gate } from "../helpers/setup.ts";

const made = (count: number, replace = false): NewJob[] =>
  Array.from({ length: count }, (_none, at) => ({ ...row, id: String(at), replace }));
const row = {
  job: "mail.send",
  queue: "mail",
  args: {},
  given: false,
  delayMs: 0,
  priority: 0,
  attempts: undefined,
  timeoutMs: undefined,
  unique: undefined,
};
const created = { created: true, replaced: null } as const;

test("two batches are on their way at once, never three, and they are heard in order", async () => {
  const first = gate();
  const sent: string[] = [];
  const heard: string[] = [];
  const batches = createBatches(
    async (jobs) => {
      sent.push(jobs[0]!.id);
      if (jobs[0]!.id === "0") await first.opened;
      return jobs.map(() => created);
    },
    ([job]) => void heard.push(job!.id),
  );

  const jobs = made(3_000);
  for (const job of jobs.slice(0, 2_000)) await batches.push(job);
  const third = jobs.slice(2_000).map((job) => batches.push(job));
  expect(sent).toEqual(["0", "1000"]);
  expect(heard).toEqual([]);
  first.open();
  await third.at(-1);
  await batches.end();

  expect(heard).toEqual(["0", "1000", "2000"]);
  expect(sent).toEqual(["0", "1000", "2000"]);
});

test.each([
  [0, "of the first 2000 jobs some may be written"],
  [1, "the first 1000 jobs are written, and of the next 1000 some may be"],
])("where batch %i fails, what is known of the jobs is told", async (failing, told) => {
  let batch = 0;
  const batches = createBatches(
    async (jobs) => {
      if (batch++ === failing) throw new TaskqError("BROKER_UNREACHABLE", "it is gone");
      return jobs.map(() => created);
    },
    () => {},
  );

  for (const job of made(2_000)) await batches.push(job);
  await expect(batches.end()).rejects.toThrow(`it is gone; ${told}`);
});

test("a batch that replaces jobs goes alone", async () => {
  let [now, most] = [0, 0];
  const batches = createBatches(
    async (jobs) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      return jobs.map(() => created);
    },
    () => {},
  );

  for (const job of made(3_000, true)) await batches.push(job);
  await batches.end();
  expect(most).toBe(1);
});
