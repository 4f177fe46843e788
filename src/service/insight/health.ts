import type { RunnerEvent } from "../../runner/events.ts";

/** Where a worker process is in its life, and whether its broker answers. */
export interface Health {
  readonly state: () => "starting" | "running" | "quiet" | "closing";
  readonly brokerUp: () => boolean;
  /** The broker has answered for the first time. */
  readonly connected: () => void;
  readonly hear: (event: RunnerEvent) => void;
  /** Why it takes no jobs, without a name; `undefined` while it does. */
  readonly trouble: () => string | undefined;
}

/** Health, as the events tell it. */
export function createHealth(): Health {
  let phase: "starting" | "running" | "closing" = "starting";
  let isQuiet = false;
  let brokerUp = false;

  const state = () => (phase === "running" && isQuiet ? "quiet" : phase);

  return {
    state,
    brokerUp: () => brokerUp,
    connected() {
      brokerUp = true;
    },
    hear({ type }) {
      if (type === "started") phase = "running";
      else if (type === "closing") phase = "closing";
      else if (type === "quiet" || type === "recycling") isQuiet = true;
      else if (type === "resumed") isQuiet = false;
      else if (type === "brokerLost") brokerUp = false;
      else if (type === "brokerBack") brokerUp = true;
    },
    trouble() {
      if (state() !== "running") return state();
      return brokerUp ? undefined : "broker is not answering";
    },
  };
}
