import { expect, test } from "vitest";
import { parseSize } from "../../src/definition/size.ts";

test.each([
  ["512mb", 512 * 1_048_576],
  ["1.5GB", 1.5 * 1_073_741_824],
  ["64kb", 65_536],
])("%s is a size", (text, bytes) => expect(parseSize(text)).toBe(bytes));

test.each(["", "512", "mb", "-1mb", "1 gb", "1tb", "512mb ", "1e3mb"])('"%s" is none', (text) =>
  expect(parseSize(text)).toBeUndefined(),
);
