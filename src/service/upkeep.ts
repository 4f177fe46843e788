import type { Runner } from "../runner/runner.ts";
import type { TakeBack } from "../runner/take-back.ts";
import type { Beat } from "./pulse.ts";

const everyBeats = 5;
/** After such a gap others may have taken our jobs, and replies may have been lost. */
const longGapMs = 6_000;

/** What is done at each beat: dead runners' jobs are taken back, and our own are compared with what the broker says. */
export function createUpkeep(runner: Runner, takeBack: TakeBack): (beat: Beat) => void {
  let beats = 0;
  let isBusy = false;

  async function keepUp({ gapMs, steadyForMs }: Beat): Promise<void> {
    if (gapMs >= longGapMs || ++beats % everyBeats === 0) await runner.reconcile();
    await takeBack.ofAll(steadyForMs);
  }

  return (beat) => {
    if (isBusy) return;
    isBusy = true;
    keepUp(beat)
      .catch(() => {}) // the connection tells of its own trouble, and the next beat tries again
      .finally(() => {
        isBusy = false;
      });
  };
}
