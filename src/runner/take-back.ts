import type { Broker } from "../broker/broker.ts";
import { leftBehind, type Residence, readSilentRunners, type SilentRunner } from "../broker/store/owners.ts";
import { takeBack } from "../broker/worker/take-back.ts";
import type { OnEvent } from "./events.ts";
import { isGone } from "./residence.ts";

/** Gives the jobs of dead runners back to waiting. */
export interface TakeBack {
  /** Those of dead processes of this host, at once: nothing else can tell sooner that they are dead. */
  readonly ofThisHost: () => Promise<void>;
  /** Those of all that are dead. `steadyForMs`: how long this process itself has been in good touch with the broker. */
  readonly ofAll: (steadyForMs: number) => Promise<void>;
}

export interface TakeBackOptions {
  readonly broker: Broker;
  /** The id of this process's runner. */
  readonly id: string;
  readonly residence: Residence | undefined;
  readonly onEvent: OnEvent;
}

/** A runner beats every two seconds: sooner there is no need to look whether its process is alive. */
const suspectMs = 4_000;
/** A runner of which nothing was heard for so long is dead, wherever it is. */
const deadMs = 15_000;
/** After an outage the others need a moment to be heard again, so who was away himself does not judge them at once. */
const steadyMs = 10_000;

export function createTakeBack({ broker, id, residence, onEvent }: TakeBackOptions): TakeBack {
  async function takeAll(silentMs: number, reasonOf: (runner: SilentRunner) => string | undefined): Promise<void> {
    for (const runner of await readSilentRunners(broker, silentMs)) {
      const reason = runner.id === id ? undefined : reasonOf(runner);
      const jobs = reason === undefined ? undefined : await takeBack(broker, runner);
      if (!jobs) continue;
      for (const { queue, id } of jobs) onEvent({ type: "stalled", queue, id });
      if (jobs.length > 0) onEvent({ type: "tookBack", runner: runner.id, jobs: jobs.length, reason: reason! });
    }
  }

  function gone({ beat, owner }: SilentRunner): string | undefined {
    if (beat === leftBehind) return "it had been handed them when it ended";
    return isGone(owner.residence, residence) ? "its process is gone" : undefined;
  }

  return {
    ofThisHost: () => takeAll(0, gone),
    ofAll: (steadyForMs) =>
      takeAll(suspectMs, (runner) => {
        if (runner.silentMs < deadMs || steadyForMs < steadyMs) return gone(runner);
        return `silent for ${Math.round(runner.silentMs / 1_000)} s`;
      }),
  };
}
