import { type ActOutcome, nextRunReason } from "../broker/act/act-outcome.ts";
import { cancelPlacedJob } from "../broker/act/cancel-job.ts";
import { promoteJob } from "../broker/act/promote-job.ts";
import { removeJobs } from "../broker/act/remove-jobs.ts";
import { retryJob } from "../broker/act/retry-job.ts";
import type { Broker } from "../broker/broker.ts";
import { createListener } from "../broker/listen/listener.ts";
import type { JobRow } from "../broker/look/job-rows.ts";
import { checkReason } from "../definition/check-reason.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { type ActTally, createActTally, type JobVerb } from "./act-tally.ts";

export interface ActTools {
  readonly broker: Broker;
  readonly config: Pick<ResolvedConfig, "queue">;
  /** Who does it. */
  readonly by: string;
  /** Why, for a cancellation. */
  readonly reason?: string | undefined;
}

/** A job that was found, and where. */
export interface Target extends Pick<JobRow, "queue" | "key" | "id" | "job"> {
  /** As it was seen. */
  readonly state: JobRow["state"] | "unknown";
}

/** What became of one job. */
export interface ActReceipt {
  readonly target: Target;
  readonly outcome: ActOutcome;
}

export interface ActOptions {
  readonly onReceipt?: (receipt: ActReceipt) => void;
  /** After each batch. */
  readonly onProgress?: (tally: ActTally) => void;
  /** No further batch is begun once it aborts. */
  readonly signal?: AbortSignal | undefined;
}

const atOnce = 100;

/** Retries, cancels, promotes or removes jobs in batches, in the order given; what became of them is counted. */
export async function actOnJobs(
  tools: ActTools,
  verb: JobVerb,
  targets: readonly Target[],
  { onReceipt, onProgress, signal }: ActOptions = {},
): Promise<ActTally> {
  const tally = createActTally(verb, targets.length);
  const actor = createActor(tools, verb);
  try {
    for (const batch of toBatches(targets)) {
      if (signal?.aborted) break;
      const outcomes = await actor.act(batch);
      for (const [index, target] of batch.entries()) {
        const receipt = { target, outcome: outcomes[index]! };
        tally.add(receipt);
        onReceipt?.(receipt);
      }
      onProgress?.(tally.read());
    }
    return tally.read();
  } finally {
    await actor.close();
  }
}

/** Neighbours of one queue and one state, at most so many. */
function* toBatches(targets: readonly Target[]): Generator<Target[]> {
  let batch: Target[] = [];
  for (const target of targets) {
    const [first] = batch;
    const fits = first === undefined || (first.queue === target.queue && first.state === target.state);
    if (!fits || batch.length === atOnce) {
      yield batch;
      batch = [];
    }
    batch.push(target);
  }
  if (batch.length > 0) yield batch;
}

interface Actor {
  readonly act: (batch: readonly Target[]) => Promise<ActOutcome[]>;
  readonly close: () => Promise<void>;
}

function createActor({ broker, config, by, reason }: ActTools, verb: JobVerb): Actor {
  const each = (act: (target: Target) => Promise<ActOutcome>): Actor => ({
    act: (batch) => Promise.all(batch.map(act)),
    close: async () => {},
  });
  switch (verb) {
    case "retry":
      return each(({ queue, key }) => retryJob(broker, queue, key));
    case "promote":
      return each(({ queue, key }) => promoteJob(broker, queue, key));
    case "remove":
      return {
        act: (batch) => removeJobs(broker, batch[0]!.queue, batch[0]!.state, toKeys(batch)),
        close: async () => {},
      };
    case "cancel": {
      const listener = createListener(broker);
      const cancellation = { by, reason: checkReason(reason), atMs: Date.now() };
      const cancel = async (target: Target) =>
        toOutcome(await cancelPlacedJob({ broker, config, listener }, target, cancellation));
      return { ...each(cancel), close: listener.close };
    }
  }
}

const toKeys = (batch: readonly Target[]) => batch.map(({ key }) => key);

function toOutcome(outcome: Awaited<ReturnType<typeof cancelPlacedJob>>): ActOutcome {
  switch (outcome) {
    case "cancelled":
      return { kind: "done" };
    case "aborting":
      return { kind: "requested", reason: "its handler was told to stop" };
    case "requested":
      return { kind: "requested", reason: "no worker has answered yet" };
    case "finished":
      return { kind: "gone" };
    case "scheduled":
      return { kind: "refused", reason: nextRunReason };
    case "waiting-children":
      return { kind: "refused", reason: "it waits for jobs that it depends on" };
  }
}
