import { expect, test } from "vitest";
import { redisOf } from "../../src/broker/broker.ts";
import type { CatchUp } from "../../src/cron/plan-catch-up.ts";
import { pauseSchedule } from "../../src/schedule/pause.ts";
import { type ResumedSchedule, resumeSchedule } from "../../src/schedule/resume.ts";
import { testRedis } from "../helpers/redis.ts";
import { putBackBy, recordOf, syncAll } from "../helpers/schedules.ts";
import { type App, setup } from "../helpers/setup.ts";

const { url } = await testRedis();
const hourMs = 3_600_000;
const ada = { by: "ada", reason: null };

for (const [where, pausedAfterMs] of [
  ["of the pause", -1],
  ["from before the pause", 2.5 * hourMs],
] as const) {
  for (const catchUp of ["skip", "once", "all"] as const) {
    test(`a tick ${where} that a worker meets during the resume, at whatever step: catch-up ${catchUp} tells of each tick once`, async () => {
      let steps = 1;
      for (let step = 1; step <= steps; step++) {
        const met = await resumeMeeting(pausedAfterMs, catchUp, step);
        steps = met.steps;
        const { ran, passed, answer } = met;

        // Five ticks: each has one run, or is missed, or skipped for the run of another.
        expect([step, ran.length + passed]).toEqual([step, 5]);
        expect(new Set(ran).size).toBe(ran.length);
        expect(ran).toEqual(expect.arrayContaining(answer.caughtUp.map(({ tick }) => tick)));
      }
      expect(steps).toBeGreaterThan(2);
    });
  }
}

/** A resume whose `step`-th answer of the broker is held back until a worker has met the overdue job and told of all ticks. */
async function resumeMeeting(pausedAfterMs: number, catchUp: CatchUp, step: number) {
  const ran: string[] = [];
  await using app = await setup({
    url,
    jobs: {
      tidy: async (_args: object, { scheduledFor }) => {
        ran.push(scheduledFor!.toISOString());
      },
    },
    schedules: { hourly: { of: "tidy", cron: "0 * * * *" } },
  });
  await syncAll(app);
  const tick = await putBackBy(app, "hourly", 5 * hourMs);
  await pauseSchedule(app.broker, "hourly", ada);
  await app.redis.hset(`${app.prefix}:taskq:schedule:work:hourly`, "paused.at", tick + pausedAfterMs);

  const meet = async () => {
    await app.start();
    const isDone = () => app.redis.zscore(`${app.prefix}:work:completed`, `repeat:hourly:${tick}`);
    await expect.poll(isDone).not.toBeNull();
  };
  const { steps, answer } = await atStep(app, step, meet, () =>
    resumeSchedule(app.broker, "hourly", { ...ada, catchUp }),
  );
  await expect.poll(() => left(app)).toBe(1);
  const { missed, skipped } = await recordOf(app, "hourly", ({ runs }) => runs === ran.length);
  return { steps, answer, ran, passed: missed + skipped };
}

/** How many jobs are still to end: one is that of the tick to come. */
async function left({ redis, prefix }: App): Promise<number> {
  const queue = `${prefix}:work`;
  // In one step: a job moves between them meanwhile.
  const counts = await redis.multi().llen(`${queue}:wait`).llen(`${queue}:active`).zcard(`${queue}:delayed`).exec();
  return counts!.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Counts the scripts that `work` asks of the broker, and lets `meet` happen after one of them. */
async function atStep(app: App, step: number, meet: () => Promise<void>, work: () => Promise<ResumedSchedule>) {
  const redis = app.broker[redisOf];
  const ask = redis.eval;
  let steps = 0;
  redis.eval = (async (...said: Parameters<typeof ask>) => {
    const reply = await ask.apply(redis, said);
    if (++steps === step) await meet();
    return reply;
  }) as typeof ask;
  const answer = await work();
  redis.eval = ask;
  return { steps, answer };
}
