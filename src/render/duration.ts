const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A length of time for a reader: `850 ms`, `3 s`, `1 h 5 min`. At most `parts` units, the largest first. */
export function renderDuration(ms: number, parts = 2): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 9_950) return `${Math.round(whole / 100) / 10} s`;

  let seconds = Math.round(whole / 1_000);
  const counted = units.map(([unit, size]) => {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    return { unit, count };
  });
  const first = counted.findIndex(({ count }) => count > 0);
  return counted
    .slice(first, first + parts)
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) => `${count} ${unit}`)
    .join(" ");
}
