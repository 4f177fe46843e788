import type { CommandEntry } from "../program/entry.ts";

/** What is done with queues. */
export const queueCommands: readonly CommandEntry[] = [
  {
    name: "queue list",
    summary: "Show what is set for each queue: paused, its limits, and who did it",
    load: () => import("./list.ts"),
  },
  {
    name: "queue pause",
    summary: "Let no worker take a job of these queues; what runs goes on",
    load: () => import("./pause.ts"),
  },
  {
    name: "queue resume",
    summary: "Let workers take jobs of paused queues again",
    load: () => import("./resume.ts"),
  },
  {
    name: "queue clean",
    summary: "Remove old jobs of some states; never one that runs, never a schedule's next run",
    load: () => import("./clean.ts"),
  },
  {
    name: "queue empty",
    summary: "Remove all jobs that have not begun; schedules stay, with their next runs",
    load: () => import("./empty.ts"),
  },
  {
    name: "queue obliterate",
    summary: "Remove a queue with all its jobs, its schedules and its limits",
    load: () => import("./obliterate.ts"),
  },
  {
    name: "queue concurrency",
    summary: "Set how many jobs of a queue all processes run at once, over the config",
    load: () => import("./concurrency.ts"),
  },
  {
    name: "queue rate",
    summary: "Set how many jobs of a queue all processes start in a time, over the config",
    load: () => import("./rate.ts"),
  },
];
