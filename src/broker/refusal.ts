import { setTimeout as wait } from "node:timers/promises";
import { maskSecrets } from "../definition/mask-url.ts";

const words = [
  "READONLY",
  "NOPERM",
  "OOM",
  "WRONGTYPE",
  "MISCONF",
  "LOADING",
  "MASTERDOWN",
  "CLUSTERDOWN",
  "NOREPLICAS",
  "NOAUTH",
  "WRONGPASS",
  "TRYAGAIN",
  "BUSY",
] as const;
// What may stand before the word: what BullMQ and we ourselves say of it, and what Redis does, of a script or a transaction.
const before = [
  "Failed to add repeatable job for next iteration: ",
  "Redis at \\S+ refuses: ",
  "ERR ",
  "EXECABORT Transaction discarded because of: ",
  "Error running script \\(call to \\w+\\): ",
  "@\\w+: ?\\d+: ",
];
// Only where it begins: further on may stand the id of a job. Redis 7.0 has no word for what a script may not do.
const said = new RegExp(
  `^(?:${before.join("|")})*-?((?:${words.join("|")})\\b.*|The user executing the script can't.*)`,
  "s",
);

/** Why the broker refuses commands that are right in themselves; undefined for any other error. It may pass: try again. */
export function refusalOf(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : "";
  const [, words] = said.exec(message) ?? [];
  return words && maskSecrets(words.replace(/[.,]? ?script: .*/s, ""));
}

const shortestWaitMs = 1_000;
const longestWaitMs = 8_000;

/** Asks again and again, ever more slowly, as long as the broker refuses. Any other error is the caller's. */
export async function untilAccepted<Answer>(
  ask: () => Promise<Answer>,
  onRefused: (reason: string) => void = () => {},
): Promise<Answer> {
  for (let waitMs = shortestWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await ask();
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      onRefused(reason);
      await wait(waitMs, undefined, { ref: false });
    }
  }
}
