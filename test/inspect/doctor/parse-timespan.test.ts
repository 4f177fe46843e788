import { expect, test } from "vitest";
import { parseTimespan } from "../../../src/inspect/doctor/parse-timespan.ts";

test.each([
  ["30s", 30_000],
  ["1min 30s", 90_000],
  ["500ms", 500],
  ["1h 5min 2.500s", 3_902_500],
  ["infinity", Number.POSITIVE_INFINITY],
  ["", undefined],
  ["soon", undefined],
  ["3 parsecs", undefined],
])("systemd's %s", (text, ms) => expect(parseTimespan(text)).toBe(ms));
