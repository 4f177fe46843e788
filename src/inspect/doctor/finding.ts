/** One thing that the doctor has looked at. */
export interface Finding {
  readonly level: "error" | "warning" | "ok";
  /** What was looked at, in one word. */
  readonly check: string;
  readonly what: string;
  /** Why it matters; `null` where all is well. */
  readonly why: string | null;
  /** What to do, a command where there is one; `null` where all is well. */
  readonly fix: string | null;
}

/** Judges facts. */
export type Rule<Known> = (known: Known) => Finding[];
