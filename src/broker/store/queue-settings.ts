import { type Broker, redisOf } from "../broker.ts";
import { brokerError, told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import { unlimited } from "./limit-queue.ts";
import { fromLimitText, type LimitKind, limitField, type Rate, toLimitText } from "./limits.ts";
import type { Operator } from "./overrides.ts";
import type { Pause } from "./pauses.ts";

/** A limit that holds, and who set it: `other` is whoever did it past taskq. */
export interface SetLimit<Limit> {
  readonly limit: Limit;
  readonly from: "config" | "operator" | "other";
  /** Of an operator. */
  readonly operator: Operator | undefined;
}

/** What is set for a queue as a whole. */
export interface QueueSettings {
  readonly queue: string;
  readonly isPaused: boolean;
  /** Who paused it, where that was done with taskq. */
  readonly pause: Pause | undefined;
  readonly concurrency: SetLimit<number> | undefined;
  readonly rate: SetLimit<Rate> | undefined;
}

type Fields = Readonly<Record<string, string>>;

/** What is set for each of the queues, in one round trip. */
export async function readQueueSettings(broker: Broker, queues: readonly string[]): Promise<QueueSettings[]> {
  const keys = storeKeys(broker.prefix);
  const pipeline = broker[redisOf].pipeline().hgetall(keys.limits).hgetall(keys.overrides).hgetall(keys.pauses);
  for (const queue of queues)
    pipeline.hmget(`${broker.prefix}:${queue}:meta`, "paused", "concurrency", "max", "duration");
  const replies = (await told(broker, () => pipeline.exec())) ?? [];
  const answers = replies.map(([error, reply]) => {
    if (error) throw brokerError(error, broker.address);
    return reply;
  });
  const [marks, overrides, pauses, ...metas] = answers as [Fields, Fields, Fields, ...(string | null)[][]];

  return queues.map((queue, index) => {
    const [paused, concurrency, max, duration] = metas[index]!;
    const rate = max && duration && max !== unlimited ? `${max}/${duration}` : undefined;
    return {
      queue,
      isPaused: paused !== null,
      pause: paused === null ? undefined : toPause(pauses[queue]),
      concurrency: toSetLimit<number>("concurrency", queue, concurrency, marks, overrides),
      rate: toSetLimit<Rate>("rate", queue, rate, marks, overrides),
    };
  });
}

function toPause(text: string | undefined): Pause | undefined {
  const said = parse(text) as Partial<Pause> | undefined;
  if (said?.by === undefined) return undefined;
  const { by, reason = null, atMs } = said;
  return { by: String(by), reason: reason === null ? null : String(reason), atMs: Number(atMs) };
}

function toSetLimit<Limit extends number | Rate>(
  kind: LimitKind,
  queue: string,
  text: string | null | undefined,
  marks: Fields,
  overrides: Fields,
): SetLimit<Limit> | undefined {
  if (!text) return undefined;
  const limit = fromLimitText(text) as Limit;
  const field = limitField(kind, queue);
  const operator = parse(overrides[field]) as (Operator & { readonly value: string }) | undefined;
  const is = (said: string | undefined) => said === toLimitText(limit);
  if (operator && is(operator.value)) {
    return { limit, from: "operator", operator: { by: String(operator.by), atMs: Number(operator.atMs) } };
  }
  return { limit, from: is(marks[field]?.split(" ").at(-1)) ? "config" : "other", operator: undefined };
}

/** What another version wrote may have other fields; what is no JSON says nothing. */
function parse(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return undefined;
  }
}
