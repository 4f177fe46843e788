import type { Broker } from "../../broker/broker.ts";
import { readQueueCounts } from "../../broker/look/queue-counts.ts";
import { pingBroker } from "../../broker/ping.ts";
import type { RunnerEvent } from "../../runner/events.ts";
import type { Runner } from "../../runner/runner.ts";
import type { ServiceOptions } from "../parts.ts";

/** What systemd hears of a service's events. */
export interface SystemdNotifier {
  readonly count: (event: RunnerEvent) => void;
  readonly end: () => Promise<void>;
}

/** Joins a service to the systemd that started it; nothing where none did. */
export async function notifySystemd(
  { systemd: environment, queues, onEvent }: ServiceOptions,
  broker: Broker,
  runner: Runner,
): Promise<SystemdNotifier | undefined> {
  if (!environment) return undefined;
  const { createSystemd } = await import("../../serve/systemd.ts");
  const systemd = createSystemd({
    environment,
    active: () => runner.active().length,
    async countWaiting() {
      const counts = await readQueueCounts(broker, queues);
      return counts.reduce((sum, { waiting, prioritized }) => sum + waiting + prioritized, 0);
    },
    ping: () => pingBroker(broker),
    onTrouble: (message) => onEvent({ type: "warning", message }),
  });

  return {
    count(event) {
      if (event.type === "started") systemd.ready();
      if (event.type === "closing") systemd.closing(event.timeoutMs);
    },
    end: systemd.end,
  };
}
