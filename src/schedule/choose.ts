import { matchesAny } from "../definition/matches.ts";
import { TaskqError } from "../errors.ts";
import { suggestSchedule } from "./suggest.ts";

/** The schedules that names or patterns mean; all where none is given. Throws SCHEDULE_NOT_FOUND for one that fits nothing. */
export function chooseSchedules<Schedule extends { readonly name: string }>(
  schedules: readonly Schedule[],
  patterns: readonly string[],
  ofBroker = false,
): Schedule[] {
  const names = [...new Set(schedules.map(({ name }) => name))].sort();
  for (const pattern of patterns) {
    if (names.some((name) => name === pattern || matchesAny(name, [pattern]))) continue;
    throw new TaskqError("SCHEDULE_NOT_FOUND", `no schedule is named "${pattern}"`, {
      hint: suggestSchedule(pattern, names, ofBroker),
    });
  }
  if (patterns.length === 0) return [...schedules];
  return schedules.filter(({ name }) => patterns.includes(name) || matchesAny(name, patterns));
}
