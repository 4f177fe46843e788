const units = [
  ["G", 1e9],
  ["M", 1e6],
  ["k", 1e3],
] as const;

/** A count in at most five characters: `12345`, `123k`, `1.2M`. */
export function renderShort(value: number): string {
  const whole = Math.round(value);
  if (whole < 100_000) return String(whole);
  const [unit, size] = units.find(([, size]) => whole >= size)!;
  const count = whole / size;
  return count < 9.95 ? `${(Math.floor(count * 10) / 10).toFixed(1)}${unit}` : `${Math.floor(count)}${unit}`;
}
