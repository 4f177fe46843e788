/** Lets a worker rest while the broker refuses its commands: BullMQ would try again thousands of times a second. */
export interface Trouble {
  readonly refused: (reason: string) => void;
  readonly stop: () => void;
}

export interface TroubleOptions {
  /** Takes no more. */
  readonly rest: () => void;
  /** Tries again. */
  readonly work: () => void;
  /** Once for each new reason. */
  readonly onRefused: (reason: string) => void;
  readonly onAccepted: () => void;
}

const shortestRestMs = 1_000;
const longestRestMs = 8_000;
/** Without a refusal for so long after a rest, all is well again. */
const probationMs = 1_500;

export function createTrouble({ rest, work, onRefused, onAccepted }: TroubleOptions): Trouble {
  let reasons = new Set<string>();
  let restMs = shortestRestMs;
  let isResting = false;
  let timer: NodeJS.Timeout | undefined;

  function tryAgain(): void {
    isResting = false;
    timer = setTimeout(() => {
      reasons = new Set();
      restMs = shortestRestMs;
      onAccepted();
    }, probationMs).unref();
    work();
  }

  return {
    refused(reason) {
      if (!reasons.has(reason)) onRefused(reason);
      reasons.add(reason);
      if (isResting) return;
      isResting = true;
      rest();
      clearTimeout(timer);
      timer = setTimeout(tryAgain, restMs).unref();
      restMs = Math.min(restMs * 2, longestRestMs);
    },
    stop: () => clearTimeout(timer),
  };
}
