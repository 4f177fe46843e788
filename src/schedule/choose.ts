import { matchesAny } from "../definition/matches.ts";
import { nearest } from "../definition/nearest.ts";
import { TaskqError } from "../errors.ts";

const mostListed = 10;

/** The schedules that names or patterns mean; all of them where none is given. Throws SCHEDULE_NOT_FOUND for one that fits nothing. */
export function chooseSchedules<Schedule extends { readonly name: string }>(
  schedules: readonly Schedule[],
  patterns: readonly string[],
): Schedule[] {
  const names = [...new Set(schedules.map(({ name }) => name))].sort();
  for (const pattern of patterns) {
    if (names.some((name) => name === pattern || matchesAny(name, [pattern]))) continue;
    throw new TaskqError("SCHEDULE_NOT_FOUND", `no schedule is named "${pattern}"`, { hint: suggest(pattern, names) });
  }
  if (patterns.length === 0) return [...schedules];
  return schedules.filter(({ name }) => patterns.includes(name) || matchesAny(name, patterns));
}

function suggest(name: string, known: readonly string[]): string {
  const meant = nearest(name, known) ?? known.find((other) => other.split(".").at(-1) === name);
  if (meant) return `Did you mean ${meant}?`;
  const more = known.length - mostListed;
  return `The schedules are ${known.slice(0, mostListed).join(", ") || "none"}${more > 0 ? ` and ${more} more` : ""}.`;
}
