import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Broker } from "../broker/broker.ts";
import { createListener, type Listener } from "../broker/listen/listener.ts";
import { type Order, writeOrders } from "../broker/store/orders.ts";
import type { LiveRunner } from "../broker/store/runners.ts";

/** What became of an order to one worker process. */
export interface OrderReceipt {
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly order: Order["type"];
  /** Its state now; `requested`: it has not answered yet, and does so when it can. */
  readonly outcome: "running" | "quiet" | "closing" | "requested";
  /** The parent that starts another in the place of one that stops; `null` outside a pool. */
  readonly poolPid: number | null;
}

export interface OrderOptions {
  readonly type: Order["type"];
  /** Who asks. */
  readonly by: string;
  /** How long to wait for the answers. */
  readonly patienceMs?: number;
}

const defaultPatienceMs = 2_500;

/** Asks something of worker processes, wherever they run, and waits a little for their answers. */
export async function orderWorkers(
  broker: Broker,
  workers: readonly LiveRunner[],
  { type, by, patienceMs = defaultPatienceMs }: OrderOptions,
): Promise<OrderReceipt[]> {
  if (workers.length === 0) return [];
  const listener = createListener(broker);
  try {
    const orders = new Map(
      workers.map(({ id }): [string, Order] => [id, { type, by, replyTo: listener.address, request: randomUUID() }]),
    );
    const answers = await send(broker, listener, orders, patienceMs);
    return workers.map(({ id, name, host, pid, poolPid }) => ({
      name,
      host,
      pid,
      order: type,
      outcome: answers.get(orders.get(id)!.request) ?? "requested",
      poolPid,
    }));
  } finally {
    await listener.close();
  }
}

/** The answers by their requests: all of them, or those that came in time. */
async function send(
  broker: Broker,
  listener: Listener,
  orders: ReadonlyMap<string, Order>,
  patienceMs: number,
): Promise<Map<string, OrderReceipt["outcome"]>> {
  const wanted = new Set([...orders.values()].map(({ request }) => request));
  const answers = new Map<string, OrderReceipt["outcome"]>();
  const enough = new AbortController();
  await listener.hearAnswers((request, answer) => {
    if (wanted.has(request)) answers.set(request, toState(answer));
    if (answers.size === wanted.size) enough.abort();
  });
  await writeOrders(broker, orders);
  await wait(patienceMs, undefined, { signal: enough.signal }).catch(() => {});
  return answers;
}

/** Whatever has written it: no more than what it may say. */
function toState(answer: string): OrderReceipt["outcome"] {
  return answer === "quiet" || answer === "closing" ? answer : "running";
}
