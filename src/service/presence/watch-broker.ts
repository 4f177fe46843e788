import { type Broker, onConnection } from "../../broker/broker.ts";
import type { OnEvent } from "../../runner/events.ts";

/** Knows whether the broker does its work. One line when it stops, one when all is well again, however many see it. */
export interface BrokerWatch {
  /** `witness`: who has seen it, a queue or a beat. */
  readonly lost: (witness: string, reason: string) => void;
  readonly back: (witness: string) => void;
  readonly isLost: () => boolean;
  readonly stop: () => void;
}

export function watchBroker(broker: Broker, onEvent: OnEvent): BrokerWatch {
  const reasons = new Map<string, string>();
  let lostAtMs = 0;

  function lost(witness: string, reason: string): void {
    const isNews = ![...reasons.values()].includes(reason);
    if (reasons.size === 0) lostAtMs = Date.now();
    reasons.set(witness, reason);
    if (isNews) onEvent({ type: "brokerLost", reason });
  }

  function back(witness: string): void {
    if (!reasons.delete(witness) || reasons.size > 0) return;
    onEvent({ type: "brokerBack", afterMs: Date.now() - lostAtMs });
  }

  const connection = "the connection";
  const stop = onConnection(broker, {
    lost: (reason) => lost(connection, reason),
    back: () => back(connection),
  });
  return { lost, back, isLost: () => reasons.size > 0, stop };
}
