import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { type Broker, openBroker, redisOf } from "../../src/broker/broker.ts";
import { storeKeys } from "../../src/broker/store/keys.ts";
import { readScheduleRecords } from "../../src/broker/store/schedule-record.ts";
import { startRedis } from "../helpers/redis.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { until } from "./until.ts";
import { spawnTaskqWorker, type WorkerProcess } from "./worker-process.ts";

/** Generous: on a busy machine a process may take long to start. The figures themselves are printed. */
const limitMs = 120_000;
const cwd = fileURLToPath(new URL("schedules", import.meta.url));
const clock = fileURLToPath(new URL("schedules/clock.js", import.meta.url));

test("a thousand schedules and two that start at once: no tick twice, and the lag stays small", async () => {
  await using field = await createField();
  const everyMs = 15_000;
  const schedules = Array.from({ length: 1_000 }, (_none, at) => ({ name: `s${at}`, cron: "*/15 * * * * *" }));
  const sinceMs = Date.now();
  const workers = [field.start(schedules), field.start(schedules)];
  await Promise.all(workers.map((worker) => worker.waitFor("started", { limitMs })));
  const readyMs = Date.now();

  const tick = Math.ceil(readyMs / everyMs) * everyMs;
  const begun = () => startsIn(field).filter(({ id }) => tickOf(id) === tick);
  await field.ledger.waitFor(() => begun().length >= 1_000, limitMs);

  const lags = begun()
    .map(({ atMs }) => atMs - tick)
    .sort((a, b) => a - b);
  const at = (share: number) => lags[Math.floor(lags.length * share)]!;
  console.log(
    `1,000 schedules, two starters: ready after ${readyMs - sinceMs} ms; ` +
      `lag p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${lags.at(-1)} ms`,
  );
  const written = workers.flatMap((worker) => worker.events().filter(({ event }) => event === "schedulesSynced"));
  expect(written).toHaveLength(1);
  expect(new Set(begun().map(({ id }) => id)).size).toBe(1_000);
  expect(field.ledger.twice()).toEqual([]);
  expect(at(0.95)).toBeLessThan(60_000); // generous: the figure itself is printed
}, 300_000);

test("forty SIGKILLs of workers lose no tick of fifty schedules", async () => {
  await using field = await createField();
  const schedules = Array.from({ length: 50 }, (_none, at) => ({ name: `s${at}`, every: "2s", args: { ms: 200 } }));
  const workers = [1, 2, 3].map(() => field.start(schedules));
  await Promise.all(workers.map((worker) => worker.waitFor("started", { limitMs })));
  // Two start while two live: one dies whenever one is there.
  for (let kills = 0; kills < 40; kills++) {
    workers.push(field.start(schedules));
    await workers[2]!.waitFor("started", { limitMs });
    workers.shift()!.kill("SIGKILL");
  }
  await Promise.all(workers.map((worker) => worker.waitFor("started", { limitMs })));
  // All that the dead have left is begun again, and the latest ticks are accounted for.
  const enoughMs = Date.now();
  const { broker, ledger } = field;
  const places = schedules.map(({ name }) => ({ queue: "ticks", name }));
  const firsts = await Promise.all(schedules.map(({ name }) => firstTickOf(field, name)));
  const account = async () => {
    const ids = [...new Set(ledger.entries().map(({ id }) => id))]; // before the records: what they count has begun
    const records = await readScheduleRecords(broker, places);
    return schedules.map(({ name }, at) => {
      const { missed, skipped, upToMs, last } = records[at]!;
      const own = ids.filter((id) => id.startsWith(`${name}@`));
      const due = Math.round(((upToMs ?? 0) - firsts[at]!) / 2_000);
      const isPast = Math.min(last?.tickMs ?? 0, upToMs ?? 0) > enoughMs;
      return { name, due, begun: own.length, missed, skipped, isPast, lost: ledger.lost(own) };
    });
  };
  // What the last victim had taken and not begun may come back later than the next tick is run. Each schedule is looked at for
  // itself: among fifty there may always be one whose tick is just about to begin.
  const open = new Set(schedules.map(({ name }) => name));
  await until(
    async () => {
      for (const { name, due, begun, missed, skipped, isPast, lost } of await account())
        if (isPast && begun + missed + skipped >= due && lost.length === 0) open.delete(name);
      return open.size === 0;
    },
    "a run of each schedule after the kills, and each tick to be accounted for",
    limitMs,
  );
  for (const worker of workers) worker.kill("SIGTERM");
  await Promise.all(workers.map((worker) => worker.ended));

  const sums = await account();
  const sum = (of: (each: (typeof sums)[number]) => number) => sums.reduce((all, each) => all + of(each), 0);
  const lost = sum(({ due, begun, missed, skipped }) => Math.max(0, due - begun - missed - skipped));
  const ids = [...new Set(ledger.entries().map(({ id }) => id))];
  console.log(
    `40 SIGKILLs, 50 schedules: ${sum(({ due }) => due)} ticks due, ${sum(({ begun }) => begun)} run, ` +
      `${sum(({ missed }) => missed)} missed, ${sum(({ skipped }) => skipped)} skipped, ${lost} lost; ` +
      `begun again after a kill ${ids.filter((id) => ledger.started(id).length > 1).length}, ended twice ${ledger.twice().length}`,
  );
  expect(lost).toBe(0);
  expect(sum(({ due, begun, missed, skipped }) => Math.max(0, begun + missed + skipped - due))).toBe(0);
  expect(ledger.lost(ids)).toEqual([]);
}, 600_000);

test.concurrent("a deploy over the time at which a run is due runs it once, also where it changes the schedule", async () => {
  await using field = await createField();
  const nightly = (args: object) => [{ name: "nightly", cron: "*/4 * * * * *", args }];
  const old = field.start(nightly({ ms: 1 }));
  await old.waitFor("started", { limitMs });
  await field.ledger.waitFor((ledger) => ledger.entries().length > 0, limitMs);
  const before = Math.max(...field.ledger.entries().map(({ id }) => tickOf(id)));
  old.kill("SIGTERM");
  await old.ended;
  await until(() => Date.now() > before + 4_500, "the next tick");

  const next = field.start(nightly({ ms: 2 }));
  await next.waitFor("schedulesSynced", { limitMs });
  await field.ledger.waitFor((ledger) => ledger.entries().some(({ id }) => tickOf(id) >= before + 8_000), limitMs);

  const ticks = startsIn(field).map(({ id }) => tickOf(id));
  const due = startsIn(field).filter(({ id }) => tickOf(id) === before + 4_000);
  const late = due.map(({ atMs }) => atMs - before - 4_000).join(", ");
  console.log(`a deploy over a due time: its run began ${late} ms after it was due`);
  expect(due).toHaveLength(1);
  expect(new Set(ticks).size).toBe(ticks.length);
}, 300_000);

test.concurrent("fourteen deploys that alternate miss and double nothing", async () => {
  await using field = await createField();
  const release = (turn: number) => [{ name: "often", cron: "*/2 * * * * *", args: { of: turn % 2 } }];
  let worker = field.start(release(0));
  await worker.waitFor("started", { limitMs });
  for (let turn = 1; turn <= 14; turn++) {
    const next = field.start(release(turn));
    await next.waitFor("started", { limitMs });
    worker.kill("SIGTERM");
    await worker.ended;
    worker = next;
  }
  const enoughMs = Date.now();
  await field.ledger.waitFor((ledger) => ledger.entries().some(({ id }) => tickOf(id) > enoughMs), limitMs);

  const ticks = () => startsIn(field).map(({ id }) => tickOf(id));
  const [firstMs, lastMs] = [await firstTickOf(field, "often"), Math.max(...ticks())];
  const due = (lastMs - firstMs) / 2_000 + 1;
  const begun = () => ticks().filter((tick) => tick <= lastMs).length;
  const read = async () => (await readScheduleRecords(field.broker, [{ queue: "ticks", name: "often" }]))[0]!;
  // What an old release owed may wait for its turn behind a later tick.
  await until(
    async () => {
      const { missed, skipped } = await read();
      return begun() + missed + skipped >= due;
    },
    "each tick to be accounted for",
    limitMs,
  );

  const { missed, skipped } = await read();
  console.log(`14 alternating deploys: ${due} ticks due, ${begun()} begun, ${missed} missed`);
  expect(new Set(ticks()).size).toBe(ticks().length);
  expect(begun() + missed + skipped).toBe(due);
}, 300_000);

test.concurrent("a worker whose clock goes back twenty seconds goes on, and begins no tick twice", async () => {
  await using field = await createField();
  const worker = field.start([{ name: "often", every: "2s" }], { NODE_OPTIONS: `--import ${clock}` });
  await worker.waitFor("started", { limitMs });
  const begun = () => startsIn(field);
  await field.ledger.waitFor(() => begun().length >= 2, limitMs);

  const before = begun().length;
  worker.kill("SIGUSR2");
  const sinceMs = performance.now();
  await field.ledger.waitFor(() => begun().length > before, limitMs);
  const gapMs = performance.now() - sinceMs;
  await field.ledger.waitFor(() => begun().length >= before + 4, limitMs);

  console.log(`a clock that went back 20 s: the next tick began ${Math.round(gapMs)} ms later`);
  const ticks = begun().map(({ id }) => tickOf(id));
  expect(new Set(ticks).size).toBe(ticks.length);
  expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
  expect(gapMs).toBeLessThan(15_000);
  const next = field.start([{ name: "often", every: "2s" }], { NODE_OPTIONS: `--import ${clock}` });
  await next.waitFor("started", { limitMs });
}, 300_000);

interface Field extends AsyncDisposable {
  readonly broker: Broker;
  readonly ledger: Ledger;
  /** A process of the release that declares these schedules. */
  readonly start: (schedules: readonly object[], env?: Readonly<Record<string, string>>) => WorkerProcess;
}

const fields = new Set<() => Promise<void>>();
afterAll(() => Promise.all([...fields].map((stop) => stop())));

/** A Redis, a ledger, and worker processes that each declare what they are told. */
async function createField(): Promise<Field> {
  const folder = mkdtempSync(join(tmpdir(), "taskq-schedules-"));
  const file = join(folder, "ledger");
  writeFileSync(file, "");
  const redis = await startRedis();
  const broker = await openBroker({ url: redis.url, prefix: "bull", root: "/", kind: "reconnecting" });
  const workers: WorkerProcess[] = [];

  async function stop(): Promise<void> {
    if (!fields.delete(stop)) return;
    for (const worker of workers) worker.kill("SIGKILL");
    await Promise.all(workers.map(({ ended }) => ended));
    await broker.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  fields.add(stop);
  return {
    broker,
    ledger: openLedger(file),
    start(schedules, env = {}) {
      const worker = spawnTaskqWorker(["--broker", redis.url], file, {
        cwd,
        env: { ...env, SCHEDULES: JSON.stringify(schedules) },
      });
      workers.push(worker);
      return worker;
    },
    [Symbol.asyncDispose]: stop,
  };
}

const startsIn = ({ ledger }: Field) => ledger.entries().filter(({ what }) => what === "start");

/** The first tick that anything became of: it may have been skipped, for the run of the second was faster. */
async function firstTickOf({ broker }: Field, name: string): Promise<number> {
  const key = storeKeys(broker.prefix).scheduleTicks("ticks", name);
  const [, tick] = await broker[redisOf].zrangebyscore(key, "-inf", "+inf", "WITHSCORES", "LIMIT", 0, 1);
  return Number(tick);
}

const tickOf = (id: string) => Number(id.slice(id.indexOf("@") + 1));
