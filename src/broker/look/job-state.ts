/** BullMQ's names of what a queue can list. */
export type JobState = "waiting" | "prioritized" | "delayed" | "active" | "completed" | "failed" | "waiting-children";

export const jobStates: readonly JobState[] = [
  "active",
  "waiting",
  "prioritized",
  "delayed",
  "waiting-children",
  "failed",
  "completed",
];
