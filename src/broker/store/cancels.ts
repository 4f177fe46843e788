import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";

/** Who cancelled a job, why and when. */
export interface Cancellation {
  readonly by: string;
  readonly reason: string | null;
  readonly atMs: number;
}

/** That a job which runs somewhere is to stop: kept for a day, so that it outlives an outage and the worker that has the job. */
export interface CancelMark extends Cancellation {
  readonly type: "cancel";
  readonly queue: string;
  /** As people know it. */
  readonly id: string;
  /** Whose inbox gets the answer, and to which question it belongs. */
  readonly replyTo: string;
  readonly request: string;
}

/** What only the marks of one job hold as they are stored: in a text such as its reason the quotes would be escaped. */
export const cancelMarkHas = ({ queue, id }: Pick<CancelMark, "queue" | "id">): string =>
  JSON.stringify({ queue, id }).slice(1, -1);

const dayMs = 86_400_000;
const mostKept = 10_000;

/** Keeps a mark until the job has ended. The oldest make room. */
export async function writeCancelMark(broker: Broker, mark: CancelMark): Promise<void> {
  const { cancels } = storeKeys(broker.prefix);
  const pipeline = broker[redisOf]
    .pipeline()
    .zadd(cancels, mark.atMs, JSON.stringify(mark))
    .zremrangebyscore(cancels, "-inf", mark.atMs - dayMs)
    .zremrangebyrank(cancels, 0, -mostKept - 1)
    .pexpire(cancels, dayMs);
  const replies = await told(broker, () => pipeline.exec());
  const [error] = replies?.[0] ?? [];
  if (error) await told(broker, () => Promise.reject(error));
}

/** The marks of a day. */
export async function readCancelMarks(broker: Broker): Promise<CancelMark[]> {
  const texts = await broker[redisOf].zrange(storeKeys(broker.prefix).cancels, Date.now() - dayMs, "+inf", "BYSCORE");
  return texts.map((text) => JSON.parse(text.toString()) as CancelMark);
}

/** Whether a mark stands: the job it was for may have ended since, and another have its id. */
export async function standsCancelMark(broker: Broker, mark: CancelMark): Promise<boolean> {
  return (await broker[redisOf].zscore(storeKeys(broker.prefix).cancels, JSON.stringify(mark))) !== null;
}

export async function removeCancelMark(broker: Broker, mark: CancelMark): Promise<void> {
  await broker[redisOf].zrem(storeKeys(broker.prefix).cancels, JSON.stringify(mark));
}
