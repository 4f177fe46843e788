import { defineSchedule } from "taskq";
import { note } from "./tasks.js";

const said = JSON.parse(process.env.SCHEDULES ?? '[{ "name": "any", "every": "1h" }]');

/** What the test says: a process of another release is one that was told otherwise. */
export const schedules = said.map(({ name, args, ...settings }) =>
  defineSchedule({ job: note, name, args: { name, ...args }, ...settings }),
);
