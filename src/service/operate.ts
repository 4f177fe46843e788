import type { RunnerRecord } from "../broker/store/runners.ts";
import type { Parts, Service, ServiceOptions } from "./parts.ts";

/** How a running service is, for whoever asks from outside. */
export interface HealthReport {
  /** Whether it takes jobs. */
  readonly ready: boolean;
  /** Why it does not, in words that name nothing; `null` while it does. */
  readonly reason: string | null;
  readonly status: RunnerRecord;
}

/** What an operator asks of a running service, other than its end. */
export function operateService(
  { onEvent }: ServiceOptions,
  { runner, presence, watch }: Parts,
  closing: AbortSignal,
): Pick<Service, "quiet" | "resume" | "report" | "health"> {
  let isQuiet = false;

  function turn(quiet: boolean): boolean {
    if (isQuiet === quiet || closing.aborted) return false;
    isQuiet = quiet;
    presence.quiet(quiet);
    return true;
  }

  return {
    quiet() {
      if (!turn(true)) return;
      runner.quiet();
      onEvent({ type: "quiet", active: runner.active().length });
    },
    resume() {
      if (!turn(false)) return;
      runner.resume();
      onEvent({ type: "resumed" });
    },
    report() {
      const active = runner.active();
      if (active.length === 0) onEvent({ type: "idle" });
      for (const { delivery, startedAtMs, abandoned } of active) {
        const { queue, job, id } = delivery;
        onEvent({ type: "running", queue, job, id, ms: Date.now() - startedAtMs, abandoned });
      }
    },
    health() {
      const status = presence.record();
      const reason = status.state === "running" ? (watch.isLost() ? "broker is not answering" : null) : status.state;
      return { ready: reason === null, reason, status };
    },
  };
}
