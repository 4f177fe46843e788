import { type Broker, redisOf } from "../broker.ts";
import { brokerError, told } from "../broker-error.ts";
import { storeKeys } from "./keys.ts";
import type { OrderNotice } from "./messages.ts";

/** What an operator asks of one runner. The last one holds, for as long as its process lives. */
export interface Order {
  readonly type: "quiet" | "resume" | "stop";
  /** Who asks. */
  readonly by: string;
  /** Whose inbox gets the answer, and to which question it belongs: no two orders share it. */
  readonly replyTo: string;
  readonly request: string;
}

const dayMs = 86_400_000;

/** Keeps an order for each runner, by its id, and tells them. What a runner does not hear it finds when its connection is back. */
export async function writeOrders(broker: Broker, orders: ReadonlyMap<string, Order>): Promise<void> {
  const keys = storeKeys(broker.prefix);
  const notice: OrderNotice = { type: "orders", runners: [...orders.keys()] };
  const pipeline = broker[redisOf].pipeline();
  for (const [runner, order] of orders) pipeline.set(keys.order(runner), JSON.stringify(order), "PX", dayMs);
  pipeline.publish(keys.messages, JSON.stringify(notice));
  const replies = (await told(broker, () => pipeline.exec())) ?? [];
  for (const [error] of replies) if (error) throw brokerError(error, broker.address);
}

/** The last order for a runner, carried out or not. */
export async function readOrder(broker: Broker, runner: string): Promise<Order | undefined> {
  const text = await broker[redisOf].get(storeKeys(broker.prefix).order(runner));
  return text === null ? undefined : (JSON.parse(text) as Order);
}
