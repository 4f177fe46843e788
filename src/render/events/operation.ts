import type { OperationEvent } from "../../runner/events/operation.ts";
import { renderCount } from "../count.ts";
import { renderDuration } from "../duration.ts";
import { escapeText } from "../escape.ts";

/** How loud the events of operating are, and their words. */
export const operationEvents = {
  level(event: OperationEvent): "info" | "warn" | "error" {
    switch (event.type) {
      case "childKilled":
      case "poolRestartStopped":
      case "awaitingChange":
        return "error";
      case "childEnded":
        if (event.code === 0) return "info";
        return event.hasStarted ? "warn" : "error";
      case "poolClosed":
        return event.code === 0 ? "info" : "error";
      default:
        return "info";
    }
  },

  words(event: OperationEvent): readonly [word: string, rest: string] {
    switch (event.type) {
      case "ordered":
        return ["ordered", `${escapeText(event.order)} by ${escapeText(event.by)}`];
      case "quiet":
        return ["quiet", `takes no more jobs; ${renderCount(event.active, "active job")}`];
      case "resumed":
        return ["resumed", "takes jobs again"];
      case "running":
        return [
          "running",
          `${escapeText(event.job)} id=${escapeText(event.id)} for ${renderDuration(event.ms)}${event.abandoned ? " abandoned" : ""}`,
        ];
      case "idle":
        return ["running", "nothing"];
      case "recycling":
        return ["recycling", `${escapeText(event.reason)}: ${renderCount(event.active, "active job")}`];
      case "reloading":
        return ["reloading", whatChanged(event.files)];
      case "awaitingChange":
        return ["waiting", `for a change of the files: the worker ended with ${event.code}`];
      case "poolStarted":
        return ["pool", `${processes(event)} under pid=${event.pid}`];
      case "childEnded":
        return ["child", `${event.seat} ended${howItEnded(event)}${whatFollows(event)}`];
      case "childKilled":
        return [
          "child",
          `${event.seat} killed: it did not ${event.late} within ${renderDuration(event.afterMs)} pid=${event.pid}`,
        ];
      case "poolRestarting":
        return ["pool", `restarts ${processes(event)}, one after another`];
      case "poolRestarted":
        return ["pool", `restarted: ${processes(event)}`];
      case "poolRestartStopped":
        return [
          "pool",
          `restart stopped: the new child ${event.seat} did not start, the old one stays; ${event.replaced} of ${event.processes} replaced`,
        ];
      case "poolClosing":
        return ["pool", `closing: ${escapeText(event.reason)}: ${processes(event)}`];
      case "poolClosed":
        return ["pool", `closed with ${event.code}`];
    }
  },
};

function whatChanged([first, ...others]: readonly string[]): string {
  if (first === undefined) return "SIGHUP";
  return `${escapeText(first)} ${others.length === 0 ? "changed" : `and ${renderCount(others.length, "other")} changed`}`;
}

const processes = (event: { readonly processes: number }) => renderCount(event.processes, "process", "processes");

type ChildEnded = Extract<OperationEvent, { type: "childEnded" }>;

function howItEnded({ pid, code, signal, ranMs, hasStarted }: ChildEnded): string {
  const how = signal === null ? `with ${code}` : `by ${signal}`;
  return ` ${how} after ${renderDuration(ranMs)}${hasStarted ? "" : ", before it had started"} pid=${pid}`;
}

function whatFollows({ deaths, restartInMs }: ChildEnded): string {
  if (restartInMs === null) return "";
  if (restartInMs === 0) return "; another follows";
  const again = deaths > 1 ? `, ${deaths} times in a row` : "";
  return `${again}; another follows in ${renderDuration(restartInMs)}`;
}
