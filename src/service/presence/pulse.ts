/** How it stands with the broker, from this process's own beats. */
export interface Beat {
  /** Since the beat before was answered. */
  readonly gapMs: number;
  /** How long all beats have been answered in time. */
  readonly steadyForMs: number;
}

export interface PulseOptions {
  readonly everyMs: number;
  readonly beat: () => Promise<void>;
  /** A beat was not answered in time. */
  readonly onLate: () => void;
  /** A beat is not answered for so long that the connection is as good as gone. Again and again, while it stays so. */
  readonly onSilent: () => void;
  readonly onBeat: (beat: Beat) => void;
}

export interface Pulse {
  /** The first beat, which may fail. */
  readonly start: () => Promise<void>;
  /** One more, now. */
  readonly now: () => Promise<void>;
  readonly stop: () => void;
}

const patienceMs = 3_000;
/** Counted in turns of the loop, and not by the clock: after one that was blocked, answers are read before the next. */
const silentTurns = 8;

/** Beats again and again, one after another. */
export function createPulse({ everyMs, beat, onLate, onSilent, onBeat }: PulseOptions): Pulse {
  let answeredAtMs = Date.now();
  let steadySinceMs: number | undefined;
  let isBeating = false;
  let silentFor = 0;
  let timer: NodeJS.Timeout | undefined;

  async function one(): Promise<void> {
    if (isBeating) return;
    isBeating = true;
    const sentAtMs = Date.now();
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      onLate();
    }, patienceMs).unref();
    try {
      await beat();
    } finally {
      clearTimeout(late);
      isBeating = false;
    }
    const nowMs = Date.now();
    const gapMs = nowMs - answeredAtMs;
    answeredAtMs = nowMs;
    // A gap also tells that this process stood still: its host slept, or somebody stopped it.
    if (isLate || nowMs - sentAtMs > patienceMs || gapMs > everyMs + patienceMs) steadySinceMs = undefined;
    steadySinceMs ??= nowMs;
    onBeat({ gapMs, steadyForMs: nowMs - steadySinceMs });
  }

  function turn(): void {
    silentFor = isBeating ? silentFor + 1 : 0;
    if (silentFor === silentTurns) {
      silentFor = 0;
      onSilent();
    }
    void quietly();
  }

  const quietly = () => one().catch(() => {}); // the connection tells of its own trouble

  return {
    async start() {
      await one();
      timer = setInterval(turn, everyMs).unref();
    },
    now: quietly,
    stop: () => clearInterval(timer),
  };
}
