import { expect, onTestFinished, test } from "vitest";
import { faults } from "../helpers/broken-broker.ts";
import { createProject, taskq } from "../helpers/cli.ts";
import { startRedis, testRedis } from "../helpers/redis.ts";

const redis = await testRedis();
const project = createProject({ jobs: { "shop/jobs/tasks.js": "export async function mark() {}" } });

async function run(words: string, broker: string) {
  const startMs = performance.now();
  const ended = await taskq(words.split(" "), { cwd: project.root, broker, prefix: project.prefix });
  return { ...ended, tookMs: performance.now() - startMs };
}

// What a process may take to start on a machine that is busy; a call that hangs would take for ever.
const startMs = 20_000;

test.each(faults)("a broker $what is said in one sentence, within seconds, and nothing is written", async (fault) => {
  const { what, code, why, hint, isReadable = false } = fault;
  const broker = await fault.open(project.prefix);
  onTestFinished(() => broker.stop().then(() => {}));
  const address = (broker.address ?? broker.url).replace(/:[^:]*@/, ":***@");
  const told = {
    stdout: "",
    stderr: `error: ${{ BROKER_UNREACHABLE: "cannot reach Redis at ", BROKER_REFUSED: "Redis at " }[code]}${address}${
      { BROKER_UNREACHABLE: ": ", BROKER_REFUSED: " refuses: " }[code]
    }${why}\nhint: ${hint}\n`,
    code: 3,
  };

  const [enqueue, stats, worker] = await Promise.all([
    run("enqueue shop.mark", broker.url),
    run("stats --verbose --json", broker.url),
    run("run-worker --verbose", broker.url),
  ]);

  expect(enqueue).toMatchObject(told);
  expect(stats).toMatchObject(isReadable ? { stderr: "", code: 0 } : told);
  expect(worker).toMatchObject(told);
  const tookMs = [enqueue, stats, worker].map((ended) => Math.round(ended.tookMs));
  console.log(`a broker ${what}: enqueue ${tookMs[0]} ms, stats ${tookMs[1]} ms, run-worker ${tookMs[2]} ms`);
  expect(enqueue.tookMs).toBeLessThan(startMs + 5_000);
  expect(stats.tookMs).toBeLessThan(startMs + 5_000);
  expect(worker.tookMs).toBeLessThan(startMs + 10_000);
  expect((await broker.keys?.(`${project.prefix}:shop:t-*`)) ?? []).toEqual([]);
});

test.each(["job show any", "worker list", "schedule list"])("`taskq %s` fails as fast", async (words) => {
  const gone = await startRedis();
  await gone.stop();
  const frozen = await startRedis();
  onTestFinished(frozen.stop);
  frozen.freeze();

  const [refused, silent] = await Promise.all([run(words, gone.url), run(words, frozen.url)]);

  expect(refused.stderr).toContain(`error: cannot reach Redis at ${gone.address}: connection refused\n`);
  expect(silent.stderr).toContain(`error: cannot reach Redis at ${frozen.address}: it does not answer\n`);
  expect([refused.code, silent.code]).toEqual([3, 3]);
  expect(silent.tookMs).toBeLessThan(startMs + 5_000);
});

test("a worker whose broker is all right starts, and its log shows no password", async () => {
  const burst = await run("run-worker --burst --verbose", redis.url);

  expect(burst).toMatchObject({ stderr: "", code: 0 });
  expect(burst.stdout).toContain(`"broker":"${redis.address}"`);
});
