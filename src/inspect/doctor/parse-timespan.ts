const units: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  month: 2_629_800_000,
  y: 31_557_600_000,
};

/** A length of time as systemd prints it, `1min 30s` or `infinity`, in milliseconds. */
export function parseTimespan(text: string): number | undefined {
  if (text === "infinity") return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const part of text.split(/\s+/)) {
    const [, count, unit] = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(part) ?? [];
    if (count === undefined || units[unit!] === undefined) return undefined;
    sum += Number(count) * units[unit!]!;
  }
  return sum;
}
