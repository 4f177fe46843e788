import type { Cancellation } from "./cancels.ts";

/** A field of ours in the job's hash: a job that was cancelled is one of BullMQ's `failed`, and this tells the two apart. */
export const cancelledField = "taskq:cancelled";

/** What such a job failed of. */
export const cancelledMessage = ({ by, reason }: Pick<Cancellation, "by" | "reason">): string =>
  `cancelled by ${by}${reason === null ? "" : `: ${reason}`}`;

/** Whether a failed job was cancelled: a retry keeps the field, but then the job fails of something else. */
export function readCancellation(
  field: string | null | undefined,
  failedReason: string | null | undefined,
): Cancellation | undefined {
  if (!field) return undefined;
  try {
    const { by, reason, atMs } = JSON.parse(field) as Cancellation;
    const cancellation = { by: String(by), reason: reason === null ? null : String(reason), atMs: Number(atMs) };
    return failedReason === cancelledMessage(cancellation) ? cancellation : undefined;
  } catch {
    return undefined;
  }
}
