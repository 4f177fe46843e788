import type { CommandEntry } from "../program/entry.ts";

/** What is done with schedules. */
export const scheduleCommands: readonly CommandEntry[] = [
  {
    name: "schedule list",
    summary: "Show schedules: the next run or why there is none, and how the last one went",
    load: () => import("./list.ts"),
  },
  {
    name: "schedule next",
    summary: "Show the next runs of schedules, and what daylight saving time does to them",
    load: () => import("./next.ts"),
  },
  {
    name: "schedule run",
    summary: "Enqueue a run of a schedule now, paused or not; its ticks stay as they are",
    load: () => import("./run.ts"),
  },
  {
    name: "schedule pause",
    summary: "Let no tick of these schedules begin a run; what runs goes on",
    load: () => import("./pause.ts"),
  },
  {
    name: "schedule resume",
    summary: "Let paused schedules run again, and catch up what the pause has cost",
    load: () => import("./resume.ts"),
  },
  {
    name: "schedule history",
    summary: "Show what happened to a schedule: runs, missed and skipped ticks, pauses",
    load: () => import("./history.ts"),
  },
  {
    name: "schedule sync",
    summary: "Write the schedules of the files to the broker, and show what differed",
    load: () => import("./sync.ts"),
  },
  {
    name: "schedule import",
    summary: "Make a scheduled file of a crontab",
    load: () => import("./import.ts"),
  },
];
