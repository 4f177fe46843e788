import type { Broker } from "../broker/broker.ts";
import { reply } from "../broker/store/messages.ts";
import { type Order, readOrder } from "../broker/store/orders.ts";
import type { OnEvent } from "../runner/events.ts";
import type { Service } from "./parts.ts";

/** What operators ask of this process from elsewhere. */
export interface Orders {
  /** From now on they are carried out. */
  readonly start: (service: Service) => void;
  /** One may wait in the store. */
  readonly look: () => void;
}

/** Carries out the last order, once: a later look that finds the same one changes nothing. */
export function createOrders(broker: Broker, id: string, onEvent: OnEvent): Orders {
  let service: Service | undefined;
  let done: string | undefined;
  let looking = Promise.resolve();

  async function lookOnce(service: Service): Promise<void> {
    const order = await readOrder(broker, id);
    if (!order || order.request === done) return;
    done = order.request;
    onEvent({ type: "ordered", order: order.type, by: order.by });
    carryOut(service, order);
    await reply(broker, order, service.health().status.state);
  }

  function look(): void {
    const asked = service;
    if (!asked) return;
    looking = looking.then(() => lookOnce(asked)).catch(() => {}); // it is read again when the connection is back
  }

  return {
    start(started) {
      service = started;
      look();
    },
    look,
  };
}

function carryOut(service: Service, { type, by }: Order): void {
  if (type === "quiet") service.quiet();
  else if (type === "resume") service.resume();
  else if (type === "stop") service.close(`\`taskq worker stop\` by ${by}`);
}
