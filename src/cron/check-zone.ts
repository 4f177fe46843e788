/** What is wrong with a time zone, in one sentence; undefined where nothing is. */
export function checkZone(zone: unknown): string | undefined {
  try {
    // Newer Nodes take offsets such as "+01:00" too, older ones do not: a project must mean the same in both.
    if (typeof zone === "string" && /^[a-z]/i.test(zone)) {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return undefined;
    }
  } catch {} // a zone that Intl does not know throws
  return `the timezone ${JSON.stringify(zone)} is unknown: write it as Europe/Berlin or UTC`;
}
