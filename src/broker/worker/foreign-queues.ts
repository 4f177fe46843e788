import { matchesAny } from "../../definition/matches.ts";
import { TaskqError } from "../../errors.ts";
import { type Broker, redisOf } from "../broker.ts";
import { brokerError, told } from "../broker-error.ts";
import { type Client, readClients } from "../clients.ts";
import { isOurId } from "../job-id.ts";
import { isOurWorker } from "./worker-name.ts";

export interface ForeignQueueOptions {
  readonly queues: readonly string[];
  /** Globs of queues that may have workers and jobs of others. */
  readonly shared: readonly string[];
  readonly isKnown: (job: string) => boolean;
  readonly onWarning: (message: string) => void;
}

/** Refuses queues that another program works on: its jobs would be put off here, and ours would fail there. */
export async function refuseForeignQueues(broker: Broker, options: ForeignQueueOptions): Promise<void> {
  const queues = options.queues.filter((queue) => !matchesAny(queue, options.shared));
  if (queues.length === 0) return;
  const clients = await readClients(broker);
  // Some servers and some users may not list the clients: then nobody is seen.
  if (!clients) options.onWarning(`the broker does not let this user list its clients: ${unseen}`);
  const samples = await readSamples(broker, queues);

  const foreign = queues.flatMap((queue, index) => {
    const findings = [
      ...describeWorkers((clients ?? []).filter((client) => isStranger(client, broker, queue))),
      ...describeJobs(samples[index]!, options.isKnown),
    ];
    return findings.length === 0 ? [] : [{ queue, message: `the queue ${queue} ${findings.join(" and ")}` }];
  });
  if (foreign.length === 0) return;
  throw new TaskqError("QUEUE_FOREIGN", foreign.map(({ message }) => message).join("\n  "), {
    hint: `Use another queue or prefix, or share it with \`--share-queue ${foreign.map(({ queue }) => forShell(queue)).join(" ")}\`.`,
  });
}

const unseen = "workers of others on these queues are not seen";

const forShell = (queue: string) => (/^[\w.-]+$/.test(queue) ? queue : `'${queue}'`);

/** BullMQ names a worker's connection `<prefix>:<base64 of the queue>`, and `:w:<name>` where the worker has one. */
function isStranger({ name }: Client, broker: Broker, queue: string): boolean {
  const unnamed = `${broker.prefix}:${Buffer.from(queue).toString("base64")}`;
  return name === unnamed || (name.startsWith(`${unnamed}:w:`) && !isOurWorker(name.slice(unnamed.length + 3)));
}

function describeWorkers(strangers: readonly Client[]): string[] {
  const [first] = strangers;
  if (!first) return [];
  if (strangers.length === 1) return [`has a live worker that is not taskq's, from ${first.address}`];
  return [`has ${strangers.length} live workers that are not taskq's, one from ${first.address}`];
}

type Sample = readonly (readonly [id: string, name: string, opts: string])[];

// Lua because of the dependent reads. The next to run are at the lists' ends; a marker of an older BullMQ is no job.
const read = `
local q = KEYS[1]
local lines = { redis.call('LRANGE', q .. 'wait', -100, -1), redis.call('LRANGE', q .. 'paused', -100, -1),
  redis.call('ZRANGE', q .. 'prioritized', 0, 99) }
local jobs = {}
for _, line in ipairs(lines) do
  for _, id in ipairs(line) do
    local job = redis.pcall('HMGET', q .. id, 'name', 'opts')
    if job[1] then jobs[#jobs + 1] = { id, job[1], job[2] or '' } end
  end
end
return jobs`;

async function readSamples(broker: Broker, queues: readonly string[]): Promise<Sample[]> {
  const pipeline = broker[redisOf].pipeline();
  for (const queue of queues) pipeline.eval(read, 1, `${broker.prefix}:${queue}:`);
  const replies = (await told(broker, () => pipeline.exec())) ?? [];
  return replies.map(([error, reply]) => {
    if (error) throw brokerError(error, broker.address);
    return reply as Sample;
  });
}

/** A job that taskq put there may have been renamed since, or belong to a newer release. */
function describeJobs(sample: Sample, isKnown: (job: string) => boolean): string[] {
  const [first] = sample;
  const isForeign = sample.every(([id, name, opts]) => !isKnown(name) && !isOurId(id) && !opts.includes('"taskq":{'));
  return first && isForeign
    ? [`holds only jobs that are not of this project, such as ${JSON.stringify(first[1])}`]
    : [];
}
