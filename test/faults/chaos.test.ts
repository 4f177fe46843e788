import { expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { planFaults } from "./chaos/plan.ts";
import { renderChaos } from "./chaos/render.ts";
import { runChaos } from "./chaos/run.ts";

const short = { seed: 2160, forMs: 14_000, workers: 3 };

test("workers and Redis that are killed, closed, stopped and frozen at random lose, double and fail no job", async () => {
  const result = await runChaos({ ...short, createClient, say: () => {}, signal: new AbortController().signal });

  console.log(renderChaos(result));
  expect(result.broken).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(50);
});

test("the short run breaks something in every way but the long stop", () => {
  const kinds = new Set(planFaults(short).map(({ kind }) => kind));

  expect([...kinds].sort()).toEqual(["close a worker", "freeze Redis", "kill Redis", "kill a worker", "stop a worker"]);
});

test("a seed gives one plan, and another seed another", () => {
  expect(planFaults(short)).toEqual(planFaults(short));
  expect(planFaults({ ...short, seed: short.seed + 1 })).not.toEqual(planFaults(short));
});
