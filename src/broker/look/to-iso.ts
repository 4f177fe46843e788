/** A time of a record, in UTC; null where there is none. Other programs write records too: what is no time is none. */
export function toIso(ms: number | undefined): string | null {
  const date = new Date(ms ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
