import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { testPassword } from "../helpers/redis.ts";
import { createRig } from "./rig.ts";

interface Refusal {
  readonly what: string;
  readonly begin: (admin: Redis) => Promise<unknown>;
  readonly mend: (admin: Redis) => Promise<unknown>;
}

const refusals: readonly Refusal[] = [
  {
    what: "READONLY",
    begin: (admin) => admin.replicaof("127.0.0.1", 1),
    mend: (admin) => admin.replicaof("NO", "ONE"),
  },
  {
    what: "NOPERM",
    begin: (admin) => admin.acl("SETUSER", "taskq", "-evalsha", "-eval"),
    mend: (admin) => admin.acl("SETUSER", "taskq", "+evalsha", "+eval"),
  },
  {
    what: "OOM",
    begin: (admin) => admin.config("SET", "maxmemory", "1"),
    mend: (admin) => admin.config("SET", "maxmemory", "0"),
  },
  {
    what: "WRONGTYPE",
    begin: (admin) => admin.multi().rename("bull:work:wait", "aside").set("bull:work:wait", "no list").exec(),
    mend: (admin) => admin.multi().del("bull:work:wait").rename("aside", "bull:work:wait").exec(),
  },
  {
    what: "a password that is wrong",
    begin: (admin) =>
      admin.multi().acl("SETUSER", "taskq", "resetpass", ">changed").call("CLIENT", "KILL", "USER", "taskq").exec(),
    mend: (admin) => admin.acl("SETUSER", "taskq", "resetpass", `>${testPassword}`),
  },
];

test.concurrent.each(refusals)(
  "$what while busy: few lines, little work, and all goes on when it is mended",
  async ({ what, begin, mend }) => {
    await using rig = await createRig({ refusals: true });
    const admin = new Redis(rig.redis.adminUrl).on("error", () => {});
    using _closed = { [Symbol.dispose]: () => admin.disconnect() };
    const worker = await rig.startWorker();
    const ids = await rig.enqueue(300, "work.nap", { ms: 500 });
    await rig.ledger.waitFor((ledger) => ledger.entries().length > 40);

    const before = { lines: worker.events().length, cpuMs: cpuMs(worker.pid) };
    await begin(admin);
    await wait(10_000);
    const lines = worker
      .events()
      .slice(before.lines)
      .filter(({ event }) => event !== "completed");
    const share = (cpuMs(worker.pid) - before.cpuMs) / 10_000;
    await mend(admin);
    const mendedAtMs = Date.now();
    const startsAtMs = () => rig.ledger.entries().filter(({ what, atMs }) => what === "start" && atMs > mendedAtMs);
    await rig.ledger.waitFor(() => startsAtMs().length > 0);
    const backMs = startsAtMs()[0]!.atMs - mendedAtMs;
    await rig.ledger.waitFor((ledger) => ledger.lost(ids).length === 0);
    await worker.waitFor("brokerBack");

    console.log(
      `${what}: ${lines.length} lines and ${(share * 100).toFixed(1)} % CPU in 10 s, at work ${backMs} ms after it was mended`,
    );
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(worker.events().some(({ event }) => event === "brokerLost")).toBe(true);
    expect(share).toBeLessThan(0.5); // 0.1 is meant: a loaded machine counts its own slowness in
    expect(backMs).toBeLessThan(60_000);
    expect(rig.ledger.twice()).toEqual([]);
    expect(worker.count("failed")).toBe(0);
  },
);

/** User and system time of a process, in ticks of 10 ms. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
