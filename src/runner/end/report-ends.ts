import type { Ended } from "../../broker/worker/ended.ts";
import type { Cancels } from "../cancels.ts";
import type { RunnerOptions } from "../runner.ts";
import type { ScheduleRuns } from "../schedule-runs.ts";

/** A job's end is told by what is stored, never by its handler: a lost lock gives no end at all. */
export function reportEnds(
  queue: string,
  cancels: Cancels,
  scheduleRuns: ScheduleRuns,
  { onEvent, onEnded }: RunnerOptions,
) {
  return {
    onCompleted(ended: Ended) {
      const { id, job, ms } = ended;
      cancels.ended(queue, id);
      if (ended.run && !scheduleRuns.end(queue, ended)) return; // its tick was skipped or missed, and told as that
      onEvent({ type: "completed", queue, job, id, ms });
      onEnded?.(queue, ended);
    },
    onFailed(ended: Ended, error: Error) {
      const { id, job, attempt, attempts, ms, final, retryInMs } = ended;
      if (final) cancels.ended(queue, id);
      onEvent({ type: "failed", queue, job, id, attempt, attempts, ms, error: error.message, final, retryInMs });
      if (!final) return;
      if (ended.run) scheduleRuns.end(queue, ended, error);
      onEnded?.(queue, ended, error);
    },
    onStalled: (id: string) => onEvent({ type: "stalled", queue, id }),
  };
}
