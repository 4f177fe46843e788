import type { RunnerEvent } from "../../runner/events.ts";
import type { Style } from "../color.ts";
import { renderCount } from "../count.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";
import { renderJsonLine } from "../json.ts";
import { eventLevel } from "./level.ts";
import { operationEvents } from "./operation.ts";
import { scheduleWords } from "./schedule.ts";

/** One event, one line: what happened, to which job, then the figures. */
export function renderEvent(event: RunnerEvent, style: Style): string {
  const [word, rest] = toWords(event);
  return `${paint(event, style)(word.padEnd(9))}  ${rest}`.trimEnd();
}

function paint(event: RunnerEvent, { red, yellow, green, dim, cyan }: Style): (text: string) => string {
  if (event.type === "completed") return green;
  return { debug: dim, info: cyan, warn: yellow, error: red }[eventLevel(event)];
}

function toWords(event: RunnerEvent): readonly [word: string, rest: string] {
  switch (event.type) {
    case "started": {
      const figures = `concurrency=${event.concurrency} schedules=${event.schedules ?? "off"} broker=${escapeText(event.broker)}`;
      const who = `app=${escapeText(event.app)} release=${escapeText(event.release)} runner=${escapeText(event.runner)}`;
      const http = event.http === null ? "" : ` http=${escapeText(event.http)}`;
      return ["started", `${list(event.queues)} ${figures} ${who}${http}`];
    }
    case "active":
      return ["active", `${jobOf(event)} attempt=${event.attempt}`];
    case "completed":
      return ["completed", `${jobOf(event)} ms=${event.ms}`];
    case "failed": {
      const next = event.final ? "final" : `retry in ${renderDuration(event.retryInMs)}`;
      return [
        "failed",
        `${jobOf(event)} attempt=${event.attempt}/${event.attempts} ms=${event.ms} error=${quote(event.error)} ${next}`,
      ];
    }
    case "log":
      return ["log", `${jobOf(event)} ${event.level}: ${escapeText(event.message)}${fieldsOf(event.fields)}`];
    case "abandoned":
      return ["abandoned", `${jobOf(event)} reason=${quote(event.reason)}`];
    case "terminated":
      return ["terminated", `${jobOf(event)} reason=${quote(event.reason)}`];
    case "putBack":
      return ["put back", `${jobOf(event)} reason=${quote(event.reason)}`];
    case "rescheduled":
      return ["later", `${jobOf(event)} again in ${renderDuration(event.delayMs)}`];
    case "rateLimited":
      return ["limited", `${jobOf(event)} its queue rests for ${renderDuration(event.delayMs)}`];
    case "cancelled":
      return [
        "cancelled",
        `${jobOf(event)} by=${quote(event.by)}${event.reason === null ? "" : ` reason=${quote(event.reason)}`}`,
      ];
    case "tookBack":
      return [
        "took back",
        `${renderCount(event.jobs, "job")} of ${escapeText(event.runner)}: ${escapeText(event.reason)}`,
      ];
    case "stalled":
      return ["stalled", `${escapeText(event.queue)} id=${escapeText(event.id)}: it will be run again`];
    case "lockLost":
      return ["lock lost", `${escapeText(event.queue)} id=${escapeText(event.id)}: it may run twice`];
    case "resultDropped":
      return ["dropped", `the result of ${jobOf(event)} reason=${quote(event.reason)}`];
    case "tickSkipped":
    case "ticksMissed":
    case "ticksCaughtUp":
    case "schedulesSynced":
    case "schedulesLed":
    case "scheduleMended":
      return scheduleWords(event);
    case "blocked":
      return [
        "blocked",
        `the event loop, for ${renderDuration(event.ms)}; running: ${event.jobs.map(jobOf).join(", ")}`,
      ];
    case "brokerLost":
      return ["broker", `lost: ${escapeText(event.reason)}`];
    case "brokerBack":
      return ["broker", `back after ${renderDuration(event.afterMs)}`];
    case "closing": {
      const jobs = renderCount(event.active, "active job");
      const grace = event.active === 0 ? "" : `, ${renderDuration(event.timeoutMs)} to finish`;
      return ["closing", `${escapeText(event.reason)}: ${jobs}${grace}`];
    }
    case "hookFailed":
      return ["hook", `${escapeText(event.hook)} failed: ${escapeText(event.error)}`];
    case "warning":
      return ["warning", escapeText(event.message)];
    case "closed":
      return [
        "closed",
        `completed=${event.completed} failed=${event.failed} putBack=${event.putBack} unfinished=${event.unfinished}`,
      ];
    default:
      return operationEvents.words(event);
  }
}

function jobOf({ job, id }: { readonly job: string; readonly id: string }): string {
  return `${escapeText(job)} id=${escapeText(id)}`;
}

const list = (names: readonly string[]) => names.map((name) => escapeText(name)).join(", ");

const quote = (text: string) => `"${escapeText(text).replaceAll('"', '\\"')}"`;

function fieldsOf(fields: object): string {
  if (Object.keys(fields).length === 0) return "";
  try {
    return ` ${escapeText(renderJsonLine(fields))}`;
  } catch {
    return " (fields that are no JSON)"; // a BigInt, a cycle
  }
}
