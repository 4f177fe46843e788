import { nearest } from "../definition/nearest.ts";

const mostListed = 10;

/** The hint for whoever named a schedule that is not among the known ones, which are those of the broker alone or not. */
export function suggestSchedule(name: string, known: readonly string[], ofBroker = false): string {
  const meant = nearest(name, known) ?? known.find((other) => other.split(".").at(-1) === name);
  if (meant) return `Did you mean ${meant}?`;
  const more = known.length - mostListed;
  const none = ofBroker
    ? "none; `taskq schedule sync` writes those that are declared"
    : "none; `defineSchedule` in a scheduled.ts declares one";
  return `Known schedules: ${known.slice(0, mostListed).join(", ") || none}${more > 0 ? ` and ${more} more` : ""}.`;
}
