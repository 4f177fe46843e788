import { type CancelTools as BrokerTools, type CancelOutcome, cancelPlacedJob } from "../broker/act/cancel-job.ts";
import { locateJob } from "../broker/look/locate-job.ts";
import { checkReason } from "../definition/check-reason.ts";
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

export interface CancelTools extends BrokerTools {
  /** Who cancels. */
  readonly by: string;
}

/** Ends the job of an id. Throws USAGE where it may not be ended. */
export async function cancelJob(
  tools: CancelTools,
  id: string,
  { reason, queue }: CancelOptions = {},
): Promise<CancelReceipt> {
  const cancellation = { by: tools.by, reason: checkReason(reason), atMs: Date.now() };
  const place = await locateJob(tools.broker, id, queue);
  return { id, queue: place.queue, outcome: orRefuse(id, await cancelPlacedJob(tools, place, cancellation)) };
}

function orRefuse(id: string, outcome: CancelOutcome): CancelReceipt["outcome"] {
  switch (outcome) {
    case "scheduled":
      throw new TaskqError("USAGE", `the job "${id}" is the next run of a schedule, which would end with it`, {
        hint: "Take the schedule out of its scheduled file, or cancel the job once it runs.",
      });
    case "waiting-children":
      throw new TaskqError("USAGE", `the job "${id}" waits for jobs that it depends on`, {
        hint: "Cancel those first.",
      });
    default:
      return outcome;
  }
}
