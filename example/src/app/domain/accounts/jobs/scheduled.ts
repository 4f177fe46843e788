import { defineSchedule } from "taskq";
import { pruneSessions } from "./tasks.ts";

export const scheduledTasks = [
  defineSchedule({ job: pruneSessions, every: "5s" }),
  defineSchedule({ name: "accounts.nightlyPrune", job: pruneSessions, cron: "H 3 * * *", timezone: "Europe/Berlin" }),
];
