import { expect, test } from "vitest";
import { checkZone } from "../../src/cron/check-zone.ts";

test.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])("%s is right", (zone) => {
  expect(checkZone(zone)).toBeUndefined();
});

test.each(["Mars/Base", "", "+01:00", 5, null])("%j is refused", (zone) => {
  expect(checkZone(zone)).toBe(`the timezone ${JSON.stringify(zone)} is unknown: write it as Europe/Berlin or UTC`);
});
