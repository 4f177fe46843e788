const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const part = /(\d+(?:\.\d+)?)(ms|[smhdw])/y;

/** A length of time: a number of milliseconds, or a string with units such as `'30s'`, `'1h30m'`, `'7d'`. */
export type Duration = number | string;

/** Milliseconds of a duration, or `undefined` where it is none. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined;
  if (typeof value !== "string" || value === "") return undefined;

  let ms = 0;
  part.lastIndex = 0;
  while (part.lastIndex < value.length) {
    const match = part.exec(value);
    if (!match) return undefined;
    ms += Number(match[1]) * unitMs[match[2]!]!;
  }
  return Math.round(ms);
}
