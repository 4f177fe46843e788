import type { CommandEntry } from "./command-entry.ts";

/** What is done with jobs. */
export const jobCommands: readonly CommandEntry[] = [
  {
    name: "job list",
    summary: "List jobs of any state, the newest first, and count them by name",
    load: () => import("./job-list.ts"),
  },
  {
    name: "job show",
    summary: "Show one job: its state, args, result, error and log",
    load: () => import("./job-show.ts"),
  },
  {
    name: "job wait",
    summary: "Wait until a job has ended, and print its result; 1 if it failed",
    load: () => import("./job-wait.ts"),
  },
  { name: "job logs", summary: "Show what a job has logged", load: () => import("./job-logs.ts") },
  {
    name: "job retry",
    summary: "Give failed jobs back to their queues, with all their attempts again",
    load: () => import("./job-retry.ts"),
  },
  {
    name: "job cancel",
    summary: "End jobs that wait or run; they are not tried again",
    load: () => import("./job-cancel.ts"),
  },
  { name: "job promote", summary: "Let delayed jobs run now", load: () => import("./job-promote.ts") },
  {
    name: "job remove",
    summary: "Remove jobs and all that is known of them; one that runs is left alone",
    load: () => import("./job-remove.ts"),
  },
];
