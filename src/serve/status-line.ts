export interface StatusFacts {
  readonly active: number;
  /** Absent while the broker has not said. */
  readonly waiting: number | undefined;
  readonly brokerAnswers: boolean;
  /** How long the closing may still take; absent before it. */
  readonly leftMs: number | undefined;
}

/** What `systemctl status` shows: `12 active, 3 waiting; closing, 9 s left`. */
export function statusLine({ active, waiting, brokerAnswers, leftMs }: StatusFacts): string {
  return [
    waiting === undefined ? `${active} active` : `${active} active, ${waiting} waiting`,
    ...(brokerAnswers ? [] : ["the broker does not answer"]),
    ...(leftMs === undefined ? [] : [`closing, ${Math.max(Math.ceil(leftMs / 1_000), 0)} s left`]),
  ].join("; ");
}
