import { FlowProducer, Queue, Worker } from "bullmq";
import { expect, onTestFinished, test } from "vitest";
import { defineJob } from "../../src/definition/job.ts";
import { type DashboardSettings, openDashboard } from "../../src/service/dashboard.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";
import { type App, setup } from "../helpers/setup.ts";

const { url, adminUrl } = await testRedis();
const limit = { interval: 50 };

const failing = {
  fail: defineJob({ handler: () => Promise.reject(new Error("no such luck")) }),
};

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** The dashboard of an app, and how to ask it. */
async function open(app: App, settings: DashboardSettings = {}) {
  const dashboard = await openDashboard(app.config, settings);
  onTestFinished(() => dashboard.close());
  const ask = async (path: string, { method = "GET", headers = {}, body }: Asked = {}) => {
    const answer = await dashboard.fetch(
      new Request(`http://jobs.test${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  };
  return {
    ...dashboard,
    ask,
    // biome-ignore lint/suspicious/noExplicitAny: a document that the test itself looks at
    json: async (path: string, asked?: Asked): Promise<any> => JSON.parse((await ask(path, asked)).body),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
const namesOf = ({ queues }: any) => queues.map(({ name }: { name: string }) => name).sort();

test("queues are shown as they appear, others' too while somebody works on them, or when they are named", async () => {
  await using app = await setup({ url, jobs: failing, config: {} });
  const { json } = await open(app, { queues: ["named"] });
  const queues = async () => namesOf(await json("/api/queues"));
  expect(await queues()).toEqual(["named"]);

  await app.enqueue("fail");
  await expect.poll(queues, limit).toEqual(["named", "work"]);

  const connection = { url: adminUrl };
  const worker = new Worker("of others", async () => {}, { connection, prefix: app.prefix });
  await worker.waitUntilReady();
  await expect.poll(queues, limit).toEqual(["named", "of others", "work"]);
  await worker.close();
  await expect.poll(queues, limit).toEqual(["named", "work"]);
});

test("to look at a queue writes nothing to it", async () => {
  await using app = await setup({ url, jobs: failing });
  const queue = new Queue("raw", {
    connection: { url: adminUrl },
    prefix: app.prefix,
    streams: { events: { maxLen: 77 } },
  });
  await queue.add("any", {});
  await queue.close();
  const stored = () => app.redis.hgetall(`${app.prefix}:raw:meta`);
  const before = await stored();
  const { ask } = await open(app, { queues: ["raw", "never used"] });

  for (const path of ["/api/queues?activeQueue=raw", "/api/queues/raw/1", "/api/queues/raw/1/flow", "/schedules"])
    expect((await ask(path)).status).toBe(200);

  expect(await stored()).toEqual(before);
  expect(before["opts.maxLenEvents"]).toBe("77");
  expect(await app.redis.keys(`${app.prefix}:never used:*`)).toEqual([]);
});

test("what redact hides is in no answer, and cannot be overwritten by its mask", async () => {
  await using app = await setup({
    url,
    jobs: { greet: async () => ({ token: "s3cret" }) },
    schedules: { hourly: { of: "greet", cron: "0 * * * *", args: { deep: [{ token: "s3cret" }] } } },
    config: { redact: ["token"] },
  });
  await app.start();
  const { id } = await app.enqueue("greet", { token: "s3cret", to: "ann" });
  await app.event("completed");
  const { ask, json } = await open(app, { writable: true });

  const job = `/api/queues/work/t-${id}`;
  for (const path of ["/api/queues?activeQueue=work", job, `${job}/flow`, "/api/job-schedulers", "/schedules"]) {
    const { status, body } = await ask(path);
    expect({ path, status, isHidden: !body.includes("s3cret") }).toEqual({ path, status: 200, isHidden: true });
  }
  expect(await json(job)).toMatchObject({
    job: { data: { token: "[redacted]", to: "ann" }, returnValue: { token: "[redacted]" } },
  });

  const write = (jobData: object) => ask(`${job}/update-data`, { method: "PATCH", body: { jobData } });
  expect(await write({ token: "[redacted]", to: "bob" })).toMatchObject({
    status: 400,
    body: expect.stringContaining("a hidden value would be replaced"),
  });
  expect((await app.show(id)).args).toEqual({ token: "s3cret", to: "ann" });
  expect((await write({ to: "bob" })).status).toBe(200);
  expect((await app.show(id)).args).toEqual({ to: "bob" });
});

test("a record that cannot be read hides no other, and a retry has all its attempts again", async () => {
  const twice = defineJob({
    attempts: 2,
    handler: () => Promise.reject(new Error("no such luck")),
  });
  await using app = await setup({ url, jobs: { twice } });
  await app.start();
  const { id } = await app.enqueue("twice");
  await app.event("failed", 2);
  const { json, ask } = await open(app, { writable: true });
  await app.redis.hset(`${app.prefix}:work:broken`, { name: "work.twice", data: "{", opts: "{}", timestamp: "1" });
  await app.redis.zadd(`${app.prefix}:work:failed`, Date.now(), "broken");

  const { queues } = await json("/api/queues?activeQueue=work&status=failed");
  expect(queues[0].counts.failed).toBe(2);
  expect(queues[0].jobs).toMatchObject([{ id: `t-${id}`, failedReason: "no such luck", attempts: 2 }]);
  expect(await ask("/api/queues/work/broken")).toMatchObject({ status: 404 });

  expect((await ask(`/api/queues/work/t-${id}/retry`, { method: "PUT" })).status).toBe(204);
  await app.event("failed", 4);
  expect((await app.show(id)).attempts.made).toBe(2);
});

test("every button works as the least-privileged user", async () => {
  await using app = await setup({
    url,
    jobs: failing,
    schedules: { hourly: { of: "fail", cron: "0 * * * *", args: { n: 1 } } },
  });
  const service = await app.start();
  const failed = await app.enqueue("fail");
  await app.event("failed");
  service.close("the test goes on without it");
  await service.ended;
  const delayed = await app.enqueue("fail", {}, { delay: "1h" });
  const flows = new FlowProducer({ connection: { url: adminUrl }, prefix: app.prefix });
  const work = { name: "work.fail", queueName: "work" };
  const { job: parent } = await flows.add({ ...work, children: [work, work] });
  await flows.close();
  const { ask } = await open(app, { writable: true });
  expect(await ask(`/api/queues/work/${parent.id}/flow`)).toMatchObject({ status: 200 });

  const put = (path: string, body: object = {}) => ["PUT", path, body] as const;
  const patch = (path: string, body: object) => ["PATCH", path, body] as const;
  const at = (id: string) => `work/t-${id}`;
  const calls = [
    ["POST", "work/add", { name: "work.fail", data: { n: 2 } }] as const,
    put("pause"),
    put("resume"),
    put("work/pause"),
    put("work/resume"),
    put("work/concurrency", { concurrency: 3 }),
    put("work/rate-limit", { max: 5, duration: 1_000 }),
    put("work/rate-limit/release"),
    put("work/rate-limit", { max: null }),
    put("work/concurrency", { concurrency: 0 }),
    put("work/job-schedulers/hourly/run"),
    patch("work/job-schedulers/hourly", { pattern: "30 * * * *" }),
    put("work/job-schedulers/hourly/remove"),
    patch(`${at(delayed.id)}/update-data`, { jobData: { n: 3 } }),
    patch(`${at(delayed.id)}/delay`, { runAt: Date.now() + 60_000 }),
    put(`${at(delayed.id)}/promote`),
    patch(`${at(delayed.id)}/priority`, { priority: 7 }),
    put(`work/${parent.id}/remove-unprocessed-children`),
    put("work/promote"),
    put(`${at(failed.id)}/retry`),
    put("work/retry/failed"),
    put("work/clean/completed"),
    put(`${at(failed.id)}/clean`),
    put("work/empty"),
    put("work/pause"),
    put("work/obliterate"),
  ];
  for (const [method, path, body] of calls) {
    const answer = await ask(`/api/queues/${path}`, { method, body });
    expect({ path, status: answer.status, body: answer.status < 300 ? "" : answer.body }).toMatchObject({
      path,
      status: expect.toSatisfy((status: number) => status < 300),
      body: "",
    });
  }
  for (const path of ["metrics", "workers", "rate-limit", "default-job-options", "job-data-schema"])
    expect({ path, ...(await ask(`/api/queues/work/${path}`)) }).toMatchObject({ path, status: 200 });
  expect(await ask("/api/redis/stats")).toMatchObject({ status: 200 });
});

test("a schedule is run from its page, once, and an unknown one is refused", async () => {
  await using app = await setup({
    url,
    jobs: { greet: async () => "done" },
    schedules: { hourly: { of: "greet", cron: "0 * * * *", args: { to: "ann" } } },
  });
  await app.start();
  const { ask } = await open(app, { writable: true, prefix: "/jobs/" });
  expect((await ask("/jobs/schedules")).body).toContain('value="hourly"');
  const run = (name: string) =>
    ask("/jobs/schedules/run", { method: "POST", body: new URLSearchParams({ queue: "work", name }).toString() });

  const { status, headers } = await run("hourly");

  const [, id] = /^\/jobs\/schedules\?queue=work&ran=(\w+)$/.exec(headers.get("location")!)!;
  expect(status).toBe(303);
  await app.event("completed");
  expect(await app.show(id!)).toMatchObject({ job: "work.greet", state: "completed", args: { to: "ann" } });
  expect((await ask(headers.get("location")!)).body).toContain(`<a href="/jobs/queue/work/t-${id}">${id}</a>`);
  expect(await run("daily")).toMatchObject({ status: 404, body: "there is no such schedule\n" });
});

test("under a prefix nothing else is answered, and no path leads out of Bull Board's files", async () => {
  await using app = await setup({ url, jobs: failing });
  const { ask } = await open(app, { prefix: "/admin/jobs" });

  const page = await ask("/admin/jobs");
  expect(page.body).toContain('<base href="/admin/jobs/" />');
  expect(page.body).not.toMatch(/<%|https?:\/\//);
  expect(page.headers.get("content-security-policy")).toMatch(
    /default-src 'none'; script-src 'self';.*frame-ancestors/,
  );
  const [, script] = /src="(static\/js\/main\.[^"]+)"/.exec(page.body)!;
  expect(await ask(`/admin/jobs/${script}`)).toMatchObject({ status: 200 });
  expect((await ask("/admin/jobs/queue/work/t-1", { method: "HEAD" })).body).toBe("");

  for (const path of [
    "/",
    "/admin",
    "/admin/jobsx",
    "/api/queues",
    "/admin/jobs/other",
    "/admin/jobs/static/../index.ejs",
    "/admin/jobs/static/%2e%2e/index.ejs",
    "/admin/jobs/static/..%2findex.ejs",
    "/admin/jobs/static/",
    "/admin/jobs/api/other",
  ])
    expect({ path, status: (await ask(path)).status }).toEqual({ path, status: 404 });
});

test("a body that is no JSON or too long is refused", async () => {
  await using app = await setup({ url, jobs: failing });
  const { id } = await app.enqueue("fail");
  const { ask } = await open(app, { writable: true });
  const patch = (body: string) => ask(`/api/queues/work/t-${id}/update-data`, { method: "PATCH", body });

  for (const body of ["{", "1", '"text"', `{"jobData":{"text":"${"x".repeat(2 * 1_048_576)}"}}`])
    expect((await patch(body)).status).toBe(400);
  expect((await app.show(id)).args).toEqual({});
});

test("while the broker is away it says so, and afterwards it goes on", async () => {
  const own = await startRedis();
  onTestFinished(() => own.stop());
  await using app = await setup({ url: own.url, jobs: failing });
  await app.enqueue("fail");
  const { ask } = await open(app);
  expect((await ask("/api/queues/work/1/flow")).status).toBe(404); // Bull Board keeps a second object on the connection
  expect((await ask("/api/queues")).status).toBe(200);

  await own.kill();
  const answer = () => ask("/api/queues?activeQueue=work");
  await expect.poll(async () => (await answer()).status, limit).toBe(503);
  expect(await answer()).toMatchObject({ body: expect.stringContaining(`cannot reach Redis at ${own.address}`) });
  expect(await ask("/schedules")).toMatchObject({ status: 503 });
  expect(await ask("/")).toMatchObject({ status: 200 });

  await own.restart();
  await expect.poll(async () => (await answer()).status, limit).toBe(200);
});

test.each(["jobs", "/jobs with spaces", "//evil.test", "/jobs/<script>"])(
  "the prefix %s is refused",
  async (prefix) => {
    await using app = await setup({ url, jobs: failing });

    await expect(openDashboard(app.config, { prefix })).rejects.toMatchObject({
      code: "USAGE",
      message: `the dashboard's prefix must be a path such as "/admin/jobs", not "${prefix}"`,
    });
  },
);
