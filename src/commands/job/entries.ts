import type { CommandEntry } from "../program/entry.ts";

/** What is done with jobs. */
export const jobCommands: readonly CommandEntry[] = [
  {
    name: "job list",
    summary: "List jobs of any state, the newest first, and count them by name",
    load: () => import("./list.ts"),
  },
  {
    name: "job show",
    summary: "Show one job: its state, args, result, error and log",
    load: () => import("./show.ts"),
  },
  {
    name: "job wait",
    summary: "Wait until a job has ended, and print its result; 1 if it failed",
    load: () => import("./wait.ts"),
  },
  { name: "job logs", summary: "Show what a job has logged", load: () => import("./logs.ts") },
  {
    name: "job retry",
    summary: "Give failed jobs back to their queues, with all their attempts again",
    load: () => import("./retry.ts"),
  },
  {
    name: "job cancel",
    summary: "End jobs that wait or run; they are not tried again",
    load: () => import("./cancel.ts"),
  },
  { name: "job promote", summary: "Let delayed jobs run now", load: () => import("./promote.ts") },
  {
    name: "job remove",
    summary: "Remove jobs and all that is known of them; one that runs is left alone",
    load: () => import("./remove.ts"),
  },
];
