import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { Queue } from "bullmq";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createClient, createRunner } from "../src/index.ts";
import { createProject, type Project } from "./helpers/cli.ts";
import { testPrefix, testRedis } from "./helpers/redis.ts";

const { url } = await testRedis();
const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
afterAll(() => provider.shutdown());
beforeEach(() => exporter.reset());

const tasks = `
  import { trace } from "@opentelemetry/api";
  import { defineJob } from "taskq";
  const traceId = () => trace.getActiveSpan()?.spanContext().traceId ?? null;
  export async function say() { return traceId(); }
  export async function tick() { return traceId(); }
  export const twice = defineJob({ attempts: 2, backoff: { type: "fixed", delay: 10 }, handler(_args, { attempt }) {
    if (attempt === 1) throw new Error("once more");
    return traceId();
  } });
  export async function parent(_args, { enqueue }) {
    await new Promise(setImmediate);
    const { id } = await enqueue(say, {});
    return { traceId: traceId(), child: id };
  }
`;

/** A project that has installed what telemetry needs, or has not. */
function create(telemetry: string, isInstalled = true, jobs: Readonly<Record<string, string>> = {}): Project {
  const prefix = testPrefix();
  const project = createProject({
    config: `export default { app: "shop", prefix: "${prefix}", broker: "${url}", blockedLoopCap: 0, telemetry: ${telemetry} };`,
    jobs: { "shop/jobs/tasks.js": tasks, ...jobs },
  });
  const modules = new URL("../node_modules/", import.meta.url).pathname;
  const names = isInstalled ? ["@opentelemetry", "bullmq-otel"] : ["@opentelemetry"];
  mkdirSync(join(project.root, "node_modules"), { recursive: true });
  for (const name of names) symlinkSync(join(modules, name), join(project.root, "node_modules", name));
  return { ...project, prefix };
}

const spans = () => exporter.getFinishedSpans();
const namesIn = (traceId: string) =>
  spans()
    .filter((span) => span.spanContext().traceId === traceId)
    .map(({ name }) => name);

test("a job is one trace, from the call to the end of its handler, which runs inside its span", async () => {
  const { root } = create("true");
  await using client = await createClient({ cwd: root });
  await using _runner = await createRunner({ cwd: root });

  const { result } = await client.enqueueAndWait<"shop.say">("shop.say" as never, {} as never);

  const [call] = spans().filter(({ name }) => name === "add shop.shop.say");
  expect(result).toBe(call!.spanContext().traceId);
  await expect.poll(() => namesIn(result as string)).toContain("process shop");
  expect(namesIn(result as string).sort()).toEqual(["add shop.shop.say", "complete shop", "process shop"]);
  const process = spans().find(({ name }) => name === "process shop")!;
  expect(process.parentSpanContext?.spanId).toBe(call!.spanContext().spanId);
  expect(process.instrumentationScope.name).toBe("taskq");
});

test("what a handler enqueues and each retry belong to the trace, and one call for many jobs is one trace", async () => {
  const { root } = create(`{ tracerName: "shop", version: "7" }`);
  await using client = await createClient({ cwd: root });
  await using _runner = await createRunner({ cwd: root });
  const wait = async (name: string) => (await client.enqueueAndWait(name as never, {} as never)).result as never;

  const { traceId, child } = (await wait("shop.parent")) as { traceId: string; child: string };
  await expect.poll(async () => (await client.job(child))?.result).toBe(traceId);
  expect(namesIn(traceId)).toEqual(expect.arrayContaining(["add shop.shop.parent", "add shop.shop.say"]));
  expect(spans()[0]!.instrumentationScope).toMatchObject({ name: "shop", version: "7" });

  const retried: string = await wait("shop.twice");
  await expect.poll(() => namesIn(retried).filter((name) => name === "process shop")).toHaveLength(2);

  const { receipts } = await client.enqueueMany("shop.say" as never, [{}, {}] as never);
  const results = async () => Promise.all(receipts.map(async ({ id }) => (await client.job(id))?.result));
  await expect.poll(async () => new Set(await results()).size).toBe(1);
});

test("each tick of a schedule is a trace of its own, and an idle worker makes none", async () => {
  const scheduled = `
    import { defineSchedule } from "taskq";
    import { tick } from "./tasks.js";
    export default [defineSchedule({ job: tick, every: "1s" })];`;
  const { root } = create("true", true, { "shop/jobs/scheduled.js": scheduled });
  await using client = await createClient({ cwd: root });
  await using _runner = await createRunner({ cwd: root });

  async function ticks(): Promise<unknown[]> {
    const results: unknown[] = [];
    for await (const { result } of client.jobs({ queue: "shop", state: "completed" })) results.push(result);
    return results;
  }
  await expect.poll(async () => (await ticks()).length, { interval: 200 }).toBeGreaterThanOrEqual(3);
  const results = await ticks();
  expect(results).not.toContain(null);
  expect(new Set(results).size).toBe(results.length);
  const kinds = new Set(spans().map(({ name }) => name.split(" ")[0]));
  expect([...kinds].sort()).toEqual(["complete", "process"]);
});

test("a trace that another producer spoilt does not hurt its job", async () => {
  const { root, prefix } = create("true");
  const queue = new Queue("shop", { connection: { url: url.replace(/\/\/.*@/, "//:all-powerful@") }, prefix });
  await queue.add("shop.say", {}, { jobId: "raw-1", telemetry: { metadata: "no JSON" } });
  await queue.close();
  await using client = await createClient({ cwd: root });
  await using _runner = await createRunner({ cwd: root });

  await expect.poll(async () => (await client.job("raw-1"))?.state).toBe("completed");
});

test("without the package one sentence says what to install, and without telemetry nothing is asked for", async () => {
  const missing = {
    code: "CONFIG_INVALID",
    message: "telemetry needs the package bullmq-otel, which is not installed",
    hint: "Run `npm install bullmq-otel`, or take `telemetry` out of the config.",
  };
  const { root } = create("true", false);
  await expect(createClient({ cwd: root })).rejects.toMatchObject(missing);
  await expect(createRunner({ cwd: root })).rejects.toMatchObject(missing);

  const off = create("false", false);
  await using client = await createClient({ cwd: off.root });
  await using _runner = await createRunner({ cwd: off.root });
  expect(await client.enqueueAndWait("shop.say" as never, {} as never)).toMatchObject({ result: null });
  expect(spans()).toEqual([]);
});
