import type { Broker } from "../broker/broker.ts";
import { findQueues } from "./find-queues.ts";

/** The queues that are there, to be named where none of them was found; none is read where some were. */
export const queuesInstead = async (broker: Broker, found: readonly unknown[]): Promise<readonly string[]> =>
  found.length > 0 ? [] : findQueues(broker, []);
