import type { Runner } from "../../runner/runner.ts";
import type { TakeBack } from "../../runner/take-back.ts";
import type { ScheduleKeeper } from "../keep-schedules.ts";
import type { Beat } from "./pulse.ts";

const everyBeats = 5;
/** After such a gap others may have taken our jobs, and replies may have been lost. */
const longGapMs = 6_000;

/** What is done at each beat: dead runners' jobs are taken back, our own are compared with what the broker says, schedules kept going. */
export function createUpkeep(runner: Runner, takeBack: TakeBack, scheduleKeeper: ScheduleKeeper): (beat: Beat) => void {
  let beats = 0;
  let isBusy = false;

  async function keepUp({ gapMs, steadyForMs }: Beat): Promise<void> {
    if (gapMs >= longGapMs || ++beats % everyBeats === 0) await runner.reconcile();
    await takeBack.ofAll(steadyForMs);
    await scheduleKeeper.atBeat();
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
