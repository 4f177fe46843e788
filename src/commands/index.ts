import { jobCommands } from "./job/entries.ts";
import type { CommandEntry } from "./program/entry.ts";
import { queueCommands } from "./queue/entries.ts";
import { scheduleCommands } from "./schedule/entries.ts";

/** Every command, in the order of help. A command's module is imported only when it is called. */
export const commands: readonly CommandEntry[] = [
  { name: "run-worker", summary: "Run workers for the queues of this project", load: () => import("./run-worker.ts") },
  {
    name: "dev",
    summary: "For a laptop: a worker that follows the files as they change, and the dashboard",
    load: () => import("./dev.ts"),
  },
  { name: "run", summary: "Run one job in this process, without a broker", load: () => import("./run.ts") },
  { name: "enqueue", summary: "Put a job on its queue", load: () => import("./enqueue.ts") },
  { name: "stats", summary: "Show what each queue holds, by state", load: () => import("./stats.ts") },
  {
    name: "top",
    summary: "A live screen: queues, jobs, workers and schedules; keys act on them",
    load: () => import("./top.ts"),
  },
  ...jobCommands,
  {
    name: "worker list",
    summary: "Show the live worker processes and what they run",
    load: () => import("./worker/list.ts"),
  },
  {
    name: "worker quiet",
    summary: "Let workers take no more jobs, and finish those they run",
    load: () => import("./worker/quiet.ts"),
  },
  { name: "worker resume", summary: "Let quiet workers take jobs again", load: () => import("./worker/resume.ts") },
  {
    name: "worker stop",
    summary: "Close workers in good order, as SIGTERM does",
    load: () => import("./worker/stop.ts"),
  },
  ...queueCommands,
  ...scheduleCommands,
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
    name: "init",
    summary: "Write a first config and a first domain, with a job and a schedule; overwrites nothing",
    load: () => import("./init.ts"),
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
  {
    name: "completion",
    summary: "Print a script that completes commands, flags and names: bash, zsh or fish",
    load: () => import("./completion.ts"),
  },
  {
    name: "names",
    summary: "Print the names of the project's jobs, queues or schedules, a line each",
    isHidden: true,
    load: () => import("./names.ts"),
  },
];
