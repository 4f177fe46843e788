import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { cancelledField, readCancellation } from "../store/cancel-record.ts";

/** How a job ended. `gone`: its record was removed, so that nobody knows. */
export type JobEnd =
  | { readonly state: "completed"; readonly result: unknown }
  | {
      readonly state: "failed";
      readonly reason: string;
      readonly stack: string | undefined;
      readonly cancelled: boolean;
    }
  | { readonly state: "gone" };

const fields = ["timestamp", "finishedOn", "returnvalue", "failedReason", "stacktrace", cancelledField] as const;

/** How a job ended, as its record has it; undefined while it has not. */
export async function readEnd(broker: Broker, queue: string, key: string): Promise<JobEnd | undefined> {
  const hash = `${broker.prefix}:${queue}:${key}`;
  const [timestamp, finishedOn, result, failedReason, stacks, cancelled] = await told(broker, () =>
    broker[redisOf].hmget(hash, ...fields),
  );
  if (!timestamp) return { state: "gone" };
  if (!finishedOn) return undefined;
  if (typeof result === "string") return { state: "completed", result: parseResult(result) };
  const reason = failedReason ?? "";
  return {
    state: "failed",
    reason,
    stack: lastOf(stacks),
    cancelled: readCancellation(cancelled, reason) !== undefined,
  };
}

/** A result as the broker keeps it; one that is no JSON is a raw producer's text. */
export function parseResult(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function lastOf(stacks: string | null | undefined): string | undefined {
  const all = stacks ? parseResult(stacks) : [];
  return Array.isArray(all) ? all.at(-1) : undefined;
}
