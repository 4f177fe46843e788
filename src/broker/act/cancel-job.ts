import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { Broker } from "../broker.ts";
import { fromBrokerId } from "../job-id.ts";
import type { Listener, Watch } from "../listen/listener.ts";
import type { JobPlace } from "../look/locate-job.ts";
import { type Cancellation, type CancelMark, removeCancelMark, writeCancelMark } from "../store/cancels.ts";
import { sendMessage } from "../store/messages.ts";
import { cancelWaiting } from "./cancel-waiting.ts";

/**
 * What became of it. `cancelled`: it has ended. `aborting`: its worker has told the handler, which has not ended yet. `requested`: no
 * worker has answered yet; the job ends as soon as one does. `finished`: it had ended before, and nothing was changed. `scheduled`
 * and `waiting-children`: it is a schedule's next run, or waits for others, and was left alone.
 */
export type CancelOutcome = "cancelled" | "aborting" | "requested" | "finished" | "scheduled" | "waiting-children";

export interface CancelTools {
  readonly broker: Broker;
  readonly listener: Listener;
  readonly config: Pick<ResolvedConfig, "queue">;
}

const patienceMs = 2_000;

/** Ends a job: one that waits at once, one that runs through its signal, whichever worker has it. */
export async function cancelPlacedJob(
  tools: CancelTools,
  place: JobPlace,
  cancellation: Cancellation,
): Promise<CancelOutcome> {
  const found = await tryWaiting(tools, place, cancellation);
  if (found !== "active") return found;

  const watch = await tools.listener.watch(place.queue);
  const enough = new AbortController();
  try {
    const mark: CancelMark = {
      ...cancellation,
      type: "cancel",
      queue: place.queue,
      id: fromBrokerId(place.key), // as its worker knows it, whatever it was called here
      replyTo: tools.listener.address,
      request: randomUUID(),
    };
    const heard = hearOutcome(watch, place, mark, enough.signal);
    await writeCancelMark(tools.broker, mark);
    await sendMessage(tools.broker, mark);
    const outcome = await orLookAgain(heard, () => tryWaiting(tools, place, cancellation));
    // Else it would stand for a day, and cancel the job when it is retried. Where it cannot be removed, the retry does so.
    if (outcome !== "requested" && outcome !== "aborting") await removeCancelMark(tools.broker, mark).catch(() => {});
    return outcome;
  } finally {
    enough.abort();
    watch.close();
  }
}

/** It may have gone back to its line in the very moment: there the mark would be read only when it starts again. */
async function orLookAgain(
  hearing: ReturnType<typeof hearOutcome>,
  look: () => ReturnType<typeof tryWaiting>,
): Promise<CancelOutcome> {
  const heard = await hearing;
  if (heard !== "requested") return heard;
  const now = await look();
  return now === "active" ? "requested" : now;
}

async function tryWaiting(
  { broker, config }: CancelTools,
  { queue, key }: JobPlace,
  cancellation: Cancellation,
): Promise<CancelOutcome | "active"> {
  const found = await cancelWaiting(broker, { queue, key, keepFailed: config.queue(queue).keepFailed }, cancellation);
  return found === "completed" || found === "failed" || found === "missing" ? "finished" : found;
}

/** The end, if it comes in time; else whether a worker has answered. */
async function hearOutcome(
  watch: Watch,
  { key }: JobPlace,
  { request }: CancelMark,
  signal: AbortSignal,
): Promise<"cancelled" | "aborting" | "requested" | "finished"> {
  let heard: "aborting" | "requested" = "requested";
  void watch.answer(request).then(() => {
    heard = "aborting";
  });
  const end = watch
    .end(key, true)
    .then((end) => (end.state === "failed" && end.cancelled ? ("cancelled" as const) : ("finished" as const)));
  const late = wait(patienceMs, undefined, { signal }).then(
    () => heard,
    () => heard,
  );
  return Promise.race([end, late]);
}
