import { maskSecrets } from "../../definition/mask-url.ts";
import { TaskqError } from "../../errors.ts";
import { type Broker, redisOf } from "../broker.ts";
import { brokerError } from "../broker-error.ts";

/** Why a call of BullMQ failed, in words without a secret, and whether the broker is the one to blame. */
export interface Failure {
  readonly isOfBroker: boolean;
  readonly message: string;
}

export function failureOf(broker: Broker, error: unknown): Failure {
  const { name = "", message = String(error) } = Object(error) as { name?: string; message?: string };
  const isOfBroker =
    error instanceof TaskqError ||
    broker[redisOf].status !== "ready" ||
    name === "ReplyError" ||
    /timed out|isn't writeable|closed/i.test(message);
  const isBug = error instanceof TypeError || error instanceof RangeError;
  if (!isOfBroker || isBug) return { isOfBroker: false, message: maskSecrets(message) };
  return { isOfBroker, message: brokerError(error, broker.address).message };
}
