import type { Broker } from "../../broker/broker.ts";
import { measureBroker } from "../../broker/doctor/measure-broker.ts";
import { probePermissions } from "../../broker/doctor/probe-permissions.ts";
import { readLines } from "../../broker/doctor/read-lines.ts";
import { readServer } from "../../broker/doctor/read-server.ts";
import { allQueues, readQueueCounts } from "../../broker/look/queue-counts.ts";
import { readStoredSchedules } from "../../broker/schedules/stored-schedules.ts";
import { readReleases } from "../../broker/store/releases.ts";
import { readRunners } from "../../broker/store/runners.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import { TaskqError } from "../../errors.ts";
import type { Fact, Facts } from "./facts.ts";
import { readUnits } from "./read-units.ts";

/** Asks the broker and this host. A command that is refused leaves one fact out; a broker that is gone is an error. */
export async function gatherFacts(broker: Broker, config: ResolvedConfig): Promise<Facts> {
  const distance = await ask(() => measureBroker(broker)); // first, while nothing else is asked
  const [server, permissions, queues, workers] = await Promise.all([
    ask(() => readServer(broker)),
    ask(() => probePermissions(broker)),
    ask(() => readQueueCounts(broker, allQueues)),
    ask(() => readRunners(broker)),
  ]);
  const names = "value" in queues ? { value: queues.value.map(({ queue }) => queue) } : queues;
  const [lines, schedules, releases] = await Promise.all([
    from(names, (queues) => readLines(broker, queues)),
    from(names, (queues) => readStoredSchedules(broker, queues)),
    from(workers, (runners) => readReleases(broker, [...new Set(runners.map(({ release }) => release))])),
  ]);
  return {
    nowMs: Date.now(),
    server,
    permissions,
    distance,
    queues,
    lines,
    schedules,
    workers,
    releases,
    units: "value" in workers ? await readUnits(workers.value) : [],
    keepFailed: (queue) => config.queue(queue).keepFailed.count,
  };
}

async function ask<Value>(read: () => Promise<Value>): Promise<Fact<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof TaskqError && error.code === "BROKER_REFUSED") return { refused: error.message };
    throw error;
  }
}

/** What can be asked only where something else is known. */
async function from<First, Value>(fact: Fact<First>, read: (first: First) => Promise<Value>): Promise<Fact<Value>> {
  return "value" in fact ? ask(() => read(fact.value)) : fact;
}
