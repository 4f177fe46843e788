import type { Retention } from "../definition/config.ts";
import { parseDuration } from "../definition/duration.ts";
import type { ResolvedRetention } from "../definition/resolved-config.ts";

/** What is said of a retention over the one below it: who names only an age keeps the count. */
export function mergeRetention(below: ResolvedRetention, said: Retention | undefined): ResolvedRetention {
  const age = said?.age === undefined ? below.age : Math.ceil(parseDuration(said.age)! / 1_000);
  return Object.freeze({ count: said?.count ?? below.count, age });
}
