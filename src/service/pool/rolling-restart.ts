import type { OnEvent } from "../../runner/events.ts";
import type { Seat } from "./seat.ts";

export interface RollingRestartOptions {
  readonly seats: readonly Seat[];
  readonly isClosing: () => boolean;
  readonly onEvent: OnEvent;
}

/** Replaces the processes of a pool one after another, so that never fewer work than before. Asked meanwhile, it does so once more. */
export function createRollingRestart({ seats, isClosing, onEvent }: RollingRestartOptions): () => void {
  const processes = seats.length;
  let isRestarting = false;
  let isDue = false;

  async function restartAll(): Promise<void> {
    onEvent({ type: "poolRestarting", processes });
    for (const [replaced, seat] of seats.entries()) {
      const isReplaced = await seat.replace("the pool restarts");
      if (isClosing()) return;
      if (isReplaced) continue;
      onEvent({ type: "poolRestartStopped", seat: seat.number, replaced, processes }); // the next would not start either
      return;
    }
    onEvent({ type: "poolRestarted", processes });
  }

  async function restartWhileDue(): Promise<void> {
    isRestarting = true;
    while (isDue && !isClosing()) {
      isDue = false;
      await restartAll();
    }
    isRestarting = false;
  }

  return () => {
    isDue = true;
    if (!isRestarting) void restartWhileDue();
  };
}
