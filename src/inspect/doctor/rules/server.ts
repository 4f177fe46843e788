import type { ServerFacts } from "../../../broker/doctor/read-server.ts";
import { isTooOld, oldestVersion } from "../../../definition/redis-version.ts";
import type { Finding, Rule } from "../finding.ts";

const fullPart = 0.95;
const nearlyFullPart = 0.8;

/** Whether the server keeps what it is given. */
export const judgeServer: Rule<{ readonly server: ServerFacts; readonly nowMs: number }> = ({ server, nowMs }) => [
  judgeVersion(server),
  ...judgeRole(server),
  judgePolicy(server),
  judgeMemory(server),
  judgePersistence(server, nowMs),
  ...judgeClients(server),
];

function judgeVersion({ version }: ServerFacts): Finding {
  if (!isTooOld(version)) return ok("version", `Redis ${version}`);
  return {
    level: "error",
    check: "version",
    what: `Redis ${version} is older than ${oldestVersion}`,
    why: "BullMQ needs commands that it does not have",
    fix: `upgrade it to ${oldestVersion} or later`,
  };
}

function judgeRole({ isReplica }: ServerFacts): Finding[] {
  if (!isReplica) return [];
  const why = "nothing can be enqueued or finished on it";
  return [
    {
      level: "error",
      check: "role",
      what: "the server is a replica",
      why,
      fix: "name the primary in the broker's URL",
    },
  ];
}

function judgePolicy({ evictionPolicy: policy }: ServerFacts): Finding {
  if (policy === undefined || policy === "noeviction")
    return ok("eviction", `maxmemory-policy ${policy ?? "not told"}`);
  return {
    level: "error",
    check: "eviction",
    what: `maxmemory-policy is ${policy}`,
    why: "Redis deletes jobs when its memory is full, and nobody is told",
    fix: "redis-cli CONFIG SET maxmemory-policy noeviction",
  };
}

function judgeMemory({ usedBytes, maxBytes, machineBytes }: ServerFacts): Finding {
  const limit = maxBytes || machineBytes;
  if (usedBytes === undefined || !limit) return ok("memory", "use and limit are not told");
  const part = usedBytes / limit;
  const what = `${megabytes(usedBytes)} used of ${megabytes(limit)}, ${maxBytes ? "its maxmemory" : "all that the machine has"}`;
  if (part < nearlyFullPart) return ok("memory", what);
  return {
    level: part < fullPart ? "warning" : "error",
    check: "memory",
    what,
    why: "when it is full, nothing can be enqueued and no end be stored",
    fix: maxBytes ? "redis-cli CONFIG SET maxmemory <more>" : "move it to a machine with more memory, or set maxmemory",
  };
}

function judgePersistence(server: ServerFacts, nowMs: number): Finding {
  if (!server.diskIsWell) {
    return {
      level: "error",
      check: "persistence",
      what: "Redis could not write its data to the disk",
      why: "it may refuse writes until it can, and what it holds would be lost with it",
      fix: "redis-cli INFO persistence, then look for space and permissions on its disk",
    };
  }
  if (server.hasAppendOnlyFile !== false) return ok("persistence", "append-only file");
  const { lastSnapshotMs = nowMs, changesSinceSnapshot: changes } = server;
  const minutes = Math.max(0, Math.round((nowMs - lastSnapshotMs) / 60_000));
  return {
    level: "warning",
    check: "persistence",
    what: `no append-only file; ${changes ?? "some"} changes since the last snapshot, ${minutes} min ago`,
    why: "if Redis crashes, all jobs since its last snapshot are lost",
    fix: "redis-cli CONFIG SET appendonly yes, then redis-cli CONFIG REWRITE",
  };
}

function judgeClients({ clients, maxClients }: ServerFacts): Finding[] {
  if (clients === undefined || !maxClients || clients / maxClients < nearlyFullPart) return [];
  return [
    {
      level: "warning",
      check: "clients",
      what: `${clients} of ${maxClients} connections are taken`,
      why: "a worker has one for each queue and a few more: the next may be refused",
      fix: "redis-cli CONFIG SET maxclients <more>",
    },
  ];
}

const ok = (check: string, what: string): Finding => ({ level: "ok", check, what, why: null, fix: null });

const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;
