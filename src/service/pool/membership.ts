import type { Insight } from "../insight/insight.ts";
import type { Service } from "../parts.ts";
import type { SignalHandlers } from "../signals.ts";
import type { ToChild, ToParent } from "./messages.ts";

/** A child's side of its tie to the parent of the pool. */
export interface Membership {
  readonly checked: () => void;
  readonly started: (service: Service) => void;
  readonly recycling: () => void;
  readonly leave: () => void;
}

const healthEveryMs = 1_000;

/** Hears what the parent asks, and that it is gone: a child does not outlive it. */
export function joinPool(handlers: SignalHandlers): Membership {
  let timer: NodeJS.Timeout | undefined;
  let insight: Insight | undefined;

  // The parent sends no signals: one that came twice, or too early, would mean something else.
  function onMessage(message: ToChild): void {
    if (message.type === "close") handlers.close(message.reason);
    else if (message.type === "tell") void tellAll(insight);
    else handlers[message.type]();
  }
  const onDisconnect = () => handlers.close("the parent of the pool is gone");
  process.on("message", onMessage).on("disconnect", onDisconnect);
  if (!process.connected) process.nextTick(onDisconnect); // it died before anybody listened

  return {
    checked: () => tell({ type: "checked" }),
    started(service) {
      insight = service.insight;
      tell({ type: "started" });
      timer = setInterval(() => tell({ type: "health", ...service.health() }), healthEveryMs).unref();
    },
    recycling: () => tell({ type: "recycling" }),
    leave() {
      clearInterval(timer);
      process.off("message", onMessage).off("disconnect", onDisconnect);
    },
  };
}

async function tellAll(insight: Insight | undefined): Promise<void> {
  if (!insight) return; // not started yet: the parent does not wait for long
  tell({ type: "told", metrics: await insight.exportMetrics(), status: await insight.probes.status() });
}

function tell(message: ToParent): void {
  if (process.connected) process.send!(message, undefined, undefined, () => {}); // that it is gone is told elsewhere
}
