import { type Broker, onConnection } from "../broker/broker.ts";
import type { OnEvent } from "../runner/events.ts";

/** One line when the broker goes, one when it is back. */
export function watchBroker(broker: Broker, onEvent: OnEvent): () => void {
  let lostAtMs: number | undefined;

  return onConnection(broker, {
    lost(reason) {
      if (lostAtMs !== undefined) return;
      lostAtMs = Date.now();
      onEvent({ type: "brokerLost", reason });
    },
    back() {
      if (lostAtMs === undefined) return;
      onEvent({ type: "brokerBack", afterMs: Date.now() - lostAtMs });
      lostAtMs = undefined;
    },
  });
}
