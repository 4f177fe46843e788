import { defineSchedule } from "taskq";
import { generateReport, refreshTotals } from "./tasks.ts";

export const totals = defineSchedule({ job: refreshTotals, cron: "*/5 * * * * *" });

export const monthly = defineSchedule({
  job: generateReport,
  cron: "30 6 1 * *",
  timezone: "Europe/Berlin",
  args: { month: "2026-11" },
});
