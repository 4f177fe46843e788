/** What is wrong with a time zone, in one sentence; undefined where nothing is. */
export function checkZone(zone: unknown): string | undefined {
  try {
    if (typeof zone === "string" && zone !== "") {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return undefined;
    }
  } catch {} // a zone that Intl does not know throws
  return `the timezone ${JSON.stringify(zone)} is unknown: write it as Europe/Berlin or UTC`;
}
