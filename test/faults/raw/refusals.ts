import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Finding } from "./measure.ts";
import { withRawRig } from "./rig.ts";

const watchMs = 10_000;
const active = "bull:work:active";

interface Refusal {
  readonly begin: (admin: Redis) => Promise<unknown>;
  readonly end: (admin: Redis) => Promise<unknown>;
}

/** How a server says no to a worker, and takes it back. */
const kinds: Readonly<Record<string, Refusal>> = {
  READONLY: {
    begin: (admin) => admin.call("REPLICAOF", "127.0.0.1", "1"),
    end: (admin) => admin.call("REPLICAOF", "NO", "ONE"),
  },
  NOPERM: {
    begin: (admin) => admin.call("ACL", "SETUSER", "default", "-evalsha", "-eval", "-bzpopmin"),
    end: (admin) => admin.call("ACL", "SETUSER", "default", "+@all"),
  },
  OOM: {
    begin: (admin) => admin.call("CONFIG", "SET", "maxmemory", "1"),
    end: (admin) => admin.call("CONFIG", "SET", "maxmemory", "0"),
  },
  WRONGTYPE: {
    begin: (admin) => admin.multi().rename(active, "aside").set(active, "no list").exec(),
    end: (admin) => admin.multi().del(active).rename("aside", active).exec(),
  },
};

/** A server that refuses for ten seconds while the worker is busy. One after another: it is about CPU time. */
export async function refusals(): Promise<Finding> {
  const found: Record<string, Awaited<ReturnType<typeof measure>>> = {};
  for (const [kind, refusal] of Object.entries(kinds)) found[kind] = await measure(refusal);
  const line = Object.entries(found).map(
    ([kind, { errors, startedMeanwhile, cpuPercent, recoveredMs }]) =>
      `${kind}: ${errors} error events and ${startedMeanwhile} starts in ${watchMs / 1_000} s, ${cpuPercent} % CPU, next start ${recoveredMs === null ? "not within 120 s" : `${recoveredMs} ms after its end`}`,
  );
  return { line: line.join("; "), figures: { watchMs, kinds: found } };
}

const measure = ({ begin, end }: Refusal) =>
  withRawRig({}, async ({ add, admin, ledger, startWorker }) => {
    const worker = await startWorker();
    const ids = await add(2_000, "nap", { ms: 300 });
    await ledger.waitFor(() => ledger.entries().length > 100);

    const countErrors = () => worker.events().filter(({ event }) => event === "error").length;
    await begin(admin);
    const countStarts = () => ledger.entries().filter(({ what }) => what === "start").length;
    const [cpuMs, errors, starts] = [cpuMsOf(worker.pid), countErrors(), countStarts()];
    await wait(watchMs);
    const usedMs = cpuMsOf(worker.pid) - cpuMs;
    const heard = countErrors() - errors;
    const startedMeanwhile = countStarts() - starts;
    await end(admin);
    const endMs = Date.now();

    const firstStart = () => ledger.entries().find(({ what, atMs }) => what === "start" && atMs > endMs);
    while (!firstStart() && Date.now() < endMs + 120_000) await wait(20);
    const first = firstStart();
    const deadlineMs = Date.now() + 120_000;
    while (ledger.lost(ids).length > 0 && Date.now() < deadlineMs) await wait(200);
    return {
      errors: heard,
      startedMeanwhile,
      cpuPercent: Math.round((usedMs / watchMs) * 100),
      recoveredMs: first ? first.atMs - endMs : null,
      twice: ledger.twice().length,
      neverEnded: ledger.lost(ids).length,
    };
  });

/** User and system time of a process, as Linux counts it: in hundredths of a second. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
