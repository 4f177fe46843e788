import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Broker } from "../broker/broker.ts";
import { cancelWaiting } from "../broker/cancel-waiting.ts";
import type { Listener, Watch } from "../broker/listener.ts";
import { type JobPlace, locateJob } from "../broker/locate-job.ts";
import { type Cancellation, type CancelMark, writeCancelMark } from "../broker/store/cancels.ts";
import { sendMessage } from "../broker/store/messages.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";

export interface CancelOptions {
  /** Why: kept with the job, and told to its handler. At most 500 characters. */
  readonly reason?: string | undefined;
  /** Where two queues hold the id. Default: whichever queue has it. */
  readonly queue?: string | undefined;
}

/** What became of a call. */
export interface CancelReceipt {
  readonly id: string;
  readonly queue: string;
  /**
   * `cancelled`: it has ended. `aborting`: its worker has told the handler, which has not ended yet. `requested`: no worker has
   * answered yet; the job ends as soon as one does. `finished`: it had ended before, and nothing was changed.
   */
  readonly outcome: "cancelled" | "aborting" | "requested" | "finished";
}

export interface CancelTools {
  readonly broker: Broker;
  readonly listener: Listener;
  readonly config: ResolvedConfig;
  /** Who cancels. */
  readonly by: string;
}

const longestReason = 500;
const patienceMs = 2_000;

/** Ends a job: one that waits at once, one that runs through its signal, whichever worker has it. */
export async function cancelJob(
  tools: CancelTools,
  id: string,
  { reason, queue }: CancelOptions = {},
): Promise<CancelReceipt> {
  if (reason !== undefined && reason.length > longestReason) {
    throw new TaskqError("USAGE", `the reason has ${reason.length} characters, more than ${longestReason}`);
  }
  const place = await locateJob(tools.broker, id, queue);
  const cancellation: Cancellation = { by: tools.by, reason: reason ?? null, atMs: Date.now() };
  return { id, queue: place.queue, outcome: await cancelPlaced(tools, id, place, cancellation) };
}

async function cancelPlaced(
  tools: CancelTools,
  id: string,
  place: JobPlace,
  cancellation: Cancellation,
): Promise<CancelReceipt["outcome"]> {
  const found = await tryWaiting(tools, id, place, cancellation);
  if (found !== "active") return found;

  const watch = await tools.listener.watch(place.queue);
  const enough = new AbortController();
  try {
    const mark: CancelMark = {
      ...cancellation,
      type: "cancel",
      queue: place.queue,
      id,
      replyTo: tools.listener.address,
      request: randomUUID(),
    };
    const outcome = hearOutcome(watch, place, mark, enough.signal);
    await writeCancelMark(tools.broker, mark);
    await sendMessage(tools.broker, mark);
    const heard = await outcome;
    if (heard !== "requested") return heard;
    // It may have gone back to its line in the very moment: there the mark would be read only when it starts again.
    const now = await tryWaiting(tools, id, place, cancellation);
    return now === "active" ? "requested" : now;
  } finally {
    enough.abort();
    watch.close();
  }
}

async function tryWaiting(
  { broker, config }: CancelTools,
  id: string,
  { queue, key }: JobPlace,
  cancellation: Cancellation,
): Promise<"active" | "cancelled" | "finished"> {
  const found = await cancelWaiting(broker, { queue, key, keepFailed: config.queue(queue).keepFailed }, cancellation);
  switch (found) {
    case "active":
    case "cancelled":
      return found;
    case "scheduled":
      throw new TaskqError("USAGE", `the job "${id}" is the next run of a schedule, which would end with it`, {
        hint: "Take the schedule out of its scheduled file, or cancel the job once it runs.",
      });
    case "waiting-children":
      throw new TaskqError("USAGE", `the job "${id}" waits for jobs that it depends on`, {
        hint: "Cancel those first.",
      });
    default:
      return "finished";
  }
}

/** The end, if it comes in time; else whether a worker has answered. */
async function hearOutcome(
  watch: Watch,
  { key }: JobPlace,
  { request }: CancelMark,
  signal: AbortSignal,
): Promise<CancelReceipt["outcome"]> {
  let heard: "aborting" | "requested" = "requested";
  void watch.answer(request).then(() => {
    heard = "aborting";
  });
  const end = watch
    .end(key, true)
    .then((end) => (end.state === "failed" && end.cancelled ? "cancelled" : "finished") as CancelReceipt["outcome"]);
  const late = wait(patienceMs, undefined, { signal }).then(
    () => heard,
    () => heard,
  );
  return Promise.race([end, late]);
}
