import type { Broker } from "../broker/broker.ts";
import { type LiveRunner, readRunners } from "../broker/store/runners.ts";
import { matchesAny } from "../definition/matches.ts";
import { nearest } from "../definition/nearest.ts";
import { TaskqError } from "../errors.ts";

/** The live worker processes of these names or patterns, or `all` of them. Throws WORKER_NOT_FOUND for each that fits none. */
export async function selectWorkers(
  broker: Broker,
  patterns: readonly string[],
  all = false,
): Promise<readonly LiveRunner[]> {
  if (all === patterns.length > 0) {
    throw new TaskqError("USAGE", all ? "names and --all exclude each other" : "no worker is named", {
      hint: "Name workers as `taskq worker list` does, or say --all.",
    });
  }
  const runners = await readRunners(broker);
  if (all) return runners;

  const names = runners.map(({ name }) => name);
  const missing = patterns.find((pattern) => !names.some((name) => matchesAny(name, [pattern])));
  if (missing !== undefined) throw notFound(missing, names);
  return runners.filter(({ name }) => matchesAny(name, patterns));
}

function notFound(missing: string, names: readonly string[]): TaskqError {
  const meant = nearest(missing, names);
  const known = names.length > 0 ? `The live workers are ${names.join(", ")}.` : "No worker is alive: start one.";
  return new TaskqError("WORKER_NOT_FOUND", `no live worker is named "${missing}"`, {
    hint: meant ? `Did you mean ${meant}?` : known,
  });
}
