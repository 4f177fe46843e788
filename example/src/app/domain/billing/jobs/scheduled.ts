import { defineSchedule } from "taskq";
import { settleInvoices } from "./tasks/settle-invoices.ts";

export const settle = defineSchedule({ job: settleInvoices, cron: "0 8 * * 1-5", timezone: "America/New_York" });
