import type { Command } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  // biome-ignore lint/suspicious/noExplicitAny: each command has options of its own
  readonly load: () => Promise<{ readonly default: Command<any> }>;
}

/** Every command, in the order of help. A command's module is imported only when it is called. */
export const commands: readonly CommandEntry[] = [
  { name: "run-worker", summary: "Run workers for the queues of this project", load: () => import("./run-worker.ts") },
  { name: "run", summary: "Run one job in this process, without a broker", load: () => import("./run.ts") },
  { name: "enqueue", summary: "Put a job on its queue", load: () => import("./enqueue.ts") },
  { name: "stats", summary: "Show what each queue holds, by state", load: () => import("./stats.ts") },
  {
    name: "top",
    summary: "A live screen: queues, jobs, workers and schedules; keys act on them",
    load: () => import("./top.ts"),
  },
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
  {
    name: "worker list",
    summary: "Show the live worker processes and what they run",
    load: () => import("./worker-list.ts"),
  },
  {
    name: "worker quiet",
    summary: "Let workers take no more jobs, and finish those they run",
    load: () => import("./worker-quiet.ts"),
  },
  { name: "worker resume", summary: "Let quiet workers take jobs again", load: () => import("./worker-resume.ts") },
  {
    name: "worker stop",
    summary: "Close workers in good order, as SIGTERM does",
    load: () => import("./worker-stop.ts"),
  },
  {
    name: "queue list",
    summary: "Show what is set for each queue: paused, its limits, and who did it",
    load: () => import("./queue-list.ts"),
  },
  {
    name: "queue pause",
    summary: "Let no worker take a job of these queues; what runs goes on",
    load: () => import("./queue-pause.ts"),
  },
  {
    name: "queue resume",
    summary: "Let workers take jobs of paused queues again",
    load: () => import("./queue-resume.ts"),
  },
  {
    name: "queue clean",
    summary: "Remove old jobs of some states; never one that runs, never a schedule's next run",
    load: () => import("./queue-clean.ts"),
  },
  {
    name: "queue empty",
    summary: "Remove all jobs that have not begun; schedules stay, with their next runs",
    load: () => import("./queue-empty.ts"),
  },
  {
    name: "queue obliterate",
    summary: "Remove a queue with all its jobs, its schedules and its limits",
    load: () => import("./queue-obliterate.ts"),
  },
  {
    name: "queue concurrency",
    summary: "Set how many jobs of a queue all processes run at once, over the config",
    load: () => import("./queue-concurrency.ts"),
  },
  {
    name: "queue rate",
    summary: "Set how many jobs of a queue all processes start in a time, over the config",
    load: () => import("./queue-rate.ts"),
  },
  {
    name: "schedule list",
    summary: "Show schedules: the next run or why there is none, and how the last one went",
    load: () => import("./schedule-list.ts"),
  },
  {
    name: "schedule next",
    summary: "Show the next runs of schedules, and what daylight saving time does to them",
    load: () => import("./schedule-next.ts"),
  },
  {
    name: "schedule run",
    summary: "Enqueue a run of a schedule now, paused or not; its ticks stay as they are",
    load: () => import("./schedule-run.ts"),
  },
  {
    name: "schedule pause",
    summary: "Let no tick of these schedules begin a run; what runs goes on",
    load: () => import("./schedule-pause.ts"),
  },
  {
    name: "schedule resume",
    summary: "Let paused schedules run again, and catch up what the pause has cost",
    load: () => import("./schedule-resume.ts"),
  },
  {
    name: "schedule history",
    summary: "Show what happened to a schedule: runs, missed and skipped ticks, pauses",
    load: () => import("./schedule-history.ts"),
  },
  {
    name: "schedule sync",
    summary: "Write the schedules of the files to the broker, and show what differed",
    load: () => import("./schedule-sync.ts"),
  },
  {
    name: "schedule import",
    summary: "Make a scheduled file of a crontab",
    load: () => import("./schedule-import.ts"),
  },
  {
    name: "dashboard",
    summary: "Serve a web page over every queue, with its jobs and schedules",
    load: () => import("./dashboard.ts"),
  },
  { name: "check", summary: "Check the config and every job file; needs no broker", load: () => import("./check.ts") },
  {
    name: "doctor",
    summary: "Look for trouble: the broker, the queues, the workers; 1 if there is an error",
    load: () => import("./doctor.ts"),
  },
  {
    name: "types",
    summary: "Write the types and the manifest with which an application enqueues by name",
    load: () => import("./types.ts"),
  },
  {
    name: "generate",
    summary: "Print a file to deploy with: systemd, procfile, dockerfile or kubernetes",
    load: () => import("./generate.ts"),
  },
];
