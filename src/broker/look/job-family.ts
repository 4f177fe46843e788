import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { fromBrokerId } from "../job-id.ts";

/** A job that another one has to do with. */
export interface Relative {
  readonly id: string;
  readonly queue: string;
}

/** A job that its parent waits for, or has waited for. */
export interface Child extends Relative {
  readonly state: "unfinished" | "completed" | "failed";
}

/** The flow that a job belongs to. */
export interface JobFamily {
  readonly parent: Relative | undefined;
  /** At most a thousand, those that have not ended first. */
  readonly children: readonly Child[];
}

const most = 1_000;

/** Whom a job is waited for by, and whom it waits for. */
export async function readJobFamily(broker: Broker, queue: string, key: string): Promise<JobFamily> {
  const job = `${broker.prefix}:${queue}:${key}`;
  const redis = broker[redisOf];
  const [parent, unfinished, completed, ignored, failed] = await told(broker, () =>
    Promise.all([
      redis.hget(job, "parentKey"),
      redis.smembers(`${job}:dependencies`),
      redis.hkeys(`${job}:processed`),
      redis.hkeys(`${job}:failed`),
      redis.zrange(`${job}:unsuccessful`, "0", "-1"),
    ]),
  );
  const children = (keys: readonly unknown[], state: Child["state"]): Child[] =>
    keys.flatMap((each) => toRelative(broker, String(each)) ?? []).map((relative) => ({ ...relative, state }));
  return {
    parent: parent ? toRelative(broker, parent) : undefined,
    children: [
      ...children(unfinished, "unfinished"),
      ...children([...ignored, ...failed], "failed"),
      ...children(completed, "completed"),
    ].slice(0, most),
  };
}

/** `<prefix>:<queue>:<id>`; no queue has a colon in its name. */
function toRelative({ prefix }: Broker, key: string): Relative | undefined {
  if (!key.startsWith(`${prefix}:`)) return undefined;
  const [queue = "", ...id] = key.slice(prefix.length + 1).split(":");
  return { id: fromBrokerId(id.join(":")), queue };
}
