import type { Broker } from "../broker/broker.ts";
import { brokerError } from "../broker/broker-error.ts";
import { readRunners } from "../broker/store/runners.ts";
import { orderWorkers } from "../client/order-workers.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { actOnJobs } from "../inspect/act-on-jobs.ts";
import type { JobVerb } from "../inspect/act-tally.ts";
import { findTargets } from "../inspect/find-targets.ts";
import { pauseQueues, resumeQueues } from "../inspect/pause-queues.ts";
import { pauseSchedule } from "../schedule/pause.ts";
import { resumeSchedule } from "../schedule/resume.ts";
import { runSchedule } from "../schedule/run.ts";
import type { Order, Row, Status } from "./state.ts";

export interface ActTools {
  readonly broker: Broker;
  readonly config: Pick<ResolvedConfig, "queue">;
  /** Who does it. */
  readonly by: string;
}

type Kind<Name extends Row["kind"]> = Extract<Row, { kind: Name }>;

/** Does what was ordered, and says what became of it. */
export async function carryOut(tools: ActTools, order: Order): Promise<Status> {
  try {
    switch (order.row.kind) {
      case "job":
        return await actOnJob(tools, order, order.row);
      case "queue":
        return await actOnQueue(tools, order, order.row);
      case "schedule":
        return await actOnSchedule(tools, order, order.row);
      case "worker":
        return await actOnWorker(tools, order, order.row);
    }
  } catch (error) {
    return { kind: "failed", order, reason: brokerError(error, tools.broker.address).message };
  }
}

async function actOnJob(tools: ActTools, order: Order, { job }: Kind<"job">): Promise<Status> {
  const { targets, error } = await findTargets(tools.broker, [job.id], job.queue);
  if (error) throw error;
  const { done, gone, reasons } = await actOnJobs(tools, order.verb as JobVerb, targets);
  if (done > 0) return { kind: "done", order };
  if (gone > 0) return { kind: "gone", order };
  const [why] = reasons;
  return { kind: why?.kind ?? "refused", order, reason: why?.reason ?? "" };
}

async function actOnQueue({ broker, by }: ActTools, order: Order, { queue }: Kind<"queue">): Promise<Status> {
  const patterns = [queue.queue];
  const [receipt] = await (order.verb === "pause"
    ? pauseQueues(broker, patterns, { by })
    : resumeQueues(broker, patterns));
  return { kind: receipt?.outcome === "unchanged" ? "gone" : "done", order };
}

async function actOnSchedule({ broker, by }: ActTools, order: Order, { schedule }: Kind<"schedule">): Promise<Status> {
  const { name, queue, catchUp } = schedule;
  const said = { queue, by, reason: null };
  if (order.verb === "run") {
    await runSchedule(broker, name, said);
    return { kind: "done", order };
  }
  const { changed } = await (order.verb === "pause"
    ? pauseSchedule(broker, name, said)
    : resumeSchedule(broker, name, { ...said, catchUp }));
  return { kind: changed ? "done" : "gone", order };
}

async function actOnWorker({ broker, by }: ActTools, order: Order, { worker }: Kind<"worker">): Promise<Status> {
  const runners = (await readRunners(broker)).filter(
    ({ name, host, pid }) => name === worker.name && host === worker.host && pid === worker.pid,
  );
  const [receipt] = await orderWorkers(broker, runners, { type: order.verb as "quiet" | "resume" | "stop", by });
  if (!receipt) return { kind: "gone", order };
  const isAnswered = receipt.outcome !== "requested";
  return isAnswered ? { kind: "done", order } : { kind: "requested", order, reason: "it has not answered yet" };
}
