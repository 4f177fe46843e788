/** A moment on the clock of a zone: `Nov 25 08:00`, with the year where it is not this one. */
export function renderLocalTime(iso: string, timezone: string, nowMs: number): string {
  const zone = isZone(timezone) ? timezone : "UTC";
  const then = partsOf(Date.parse(iso), zone);
  const year = then.year === partsOf(nowMs, zone).year ? "" : ` ${then.year}`;
  return `${then.month} ${then.day}${year} ${then.hour}:${then.minute}`;
}

function partsOf(ms: number, timeZone: string): Record<string, string> {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(ms);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

// A schedule that another program wrote may name any zone.
function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone });
    return true;
  } catch {
    return false;
  }
}
