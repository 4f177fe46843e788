import { type BackendFactory, createRedisBackend, type RedisQueueBackend } from "bullmq";
import type { Redis } from "ioredis";
import { type Script, ScriptCall } from "./script-call.ts";

type Args = ReturnType<RedisQueueBackend["moveToCompletedArgs"]>;

/** BullMQ's own way to Redis, but that the one command which every job sends costs less: half of it was to write it down. */
export const createBackend =
  (redis: Redis): BackendFactory<RedisQueueBackend> =>
  (name, options, connections) => {
    const backend = createRedisBackend(name, options, connections);
    shareArgs(backend);
    callDirectly(backend, redis);
    return backend;
  };

/** Where the arguments of BullMQ's script differ between two jobs that complete one after the other under one token. */
const at = { key: 11, id: 14, completedAtMs: 15, result: 17, fetchNext: 19 } as const;

/** Of so many tokens they are kept at most. */
const mostKept = 1_000;

/** BullMQ packs the same options anew for each job that completes. Jobs that follow one another under one token share them here. */
function shareArgs(backend: RedisQueueBackend): void {
  const argsOf = backend.moveToCompletedArgs.bind(backend);
  const kept = new Map<string, Args>();

  backend.moveToCompletedArgs = (job, result, removeOnComplete, token, fetchNext) => {
    const key = backend.toKey(job.id!);
    const stored = (result as string | undefined) ?? "null";
    const next = fetchNext && !backend.closing ? 1 : 0;
    const isUsual = !job.parent && (removeOnComplete === undefined || removeOnComplete === true);
    const sharedBy = `${token} ${job.opts.attempts} ${removeOnComplete}`;
    const args = isUsual ? kept.get(sharedBy)?.slice() : undefined;
    if (args) {
      args[at.key] = key;
      args[at.id] = job.id!;
      args[at.completedAtMs] = Date.now();
      args[at.result] = stored;
      args[at.fetchNext] = next;
      return args;
    }

    const own = argsOf(job, result, removeOnComplete, token, fetchNext);
    // Another BullMQ may have another order: then nothing is shared.
    const isInOrder =
      own[at.key] === key &&
      own[at.id] === job.id &&
      typeof own[at.completedAtMs] === "number" &&
      own[at.result] === stored &&
      own[at.fetchNext] === next;
    if (isUsual && isInOrder) {
      if (kept.size >= mostKept) kept.clear();
      kept.set(sharedBy, own.slice());
    }
    return own;
  };
}

function callDirectly(backend: RedisQueueBackend, redis: Redis): void {
  const execCommand = backend.execCommand.bind(backend);
  const scripts: Readonly<Record<string, Script>> = redis.scriptsSet;
  let script: Script | undefined; // BullMQ names its scripts when it has connected, each with its version

  backend.execCommand = (client, command, args) => {
    if (command !== "moveToFinished") return execCommand(client, command, args);
    script ??= Object.entries(scripts).find(([name]) => name.startsWith(`${command}:`))?.[1];
    if (!script) return execCommand(client, command, args);
    return (redis.sendCommand(new ScriptCall(script, args)) as Promise<unknown>).catch((error: Error) => {
      if (!error.message.startsWith("NOSCRIPT")) throw error;
      return execCommand(client, command, args); // it sends the script too
    });
  };
}
