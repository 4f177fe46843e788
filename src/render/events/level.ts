import type { RunnerEvent } from "../../runner/events.ts";
import { operationEvents } from "./operation.ts";

type Level = "debug" | "info" | "warn" | "error";

/** How loud an event is. Every job's start is `debug`: its end says the same and more. */
export function eventLevel(event: RunnerEvent): Level {
  switch (event.type) {
    case "active":
      return "debug";
    case "log":
      return event.level;
    case "failed":
      return event.final ? "error" : "warn";
    case "putBack":
      return event.reason === "closing" ? "info" : "warn";
    case "closed":
      return event.unfinished > 0 ? "error" : "info";
    case "brokerLost":
    case "hookFailed":
      return "error";
    case "abandoned":
    case "terminated":
    case "stalled":
    case "tookBack":
    case "blocked":
    case "lockLost":
    case "resultDropped":
    case "ticksMissed":
    case "scheduleMended":
    case "warning":
      return "warn";
    case "started":
    case "completed":
    case "rescheduled":
    case "rateLimited":
    case "cancelled":
    case "tickSkipped":
    case "ticksCaughtUp":
    case "schedulesSynced":
    case "schedulesLed":
    case "brokerBack":
    case "closing":
      return "info";
    default:
      return operationEvents.level(event);
  }
}
