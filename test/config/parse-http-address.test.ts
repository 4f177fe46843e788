import { expect, test } from "vitest";
import { parseHttpAddress } from "../../src/config/parse-http-address.ts";

test.each([
  ["127.0.0.1:7433", "127.0.0.1", 7433],
  ["7433", "127.0.0.1", 7433],
  [7433, "127.0.0.1", 7433],
  ["0.0.0.0:80", "0.0.0.0", 80],
  ["[::1]:7433", "::1", 7433],
  ["localhost:0", "localhost", 0],
])("%j is an address", (value, host, port) => {
  expect(parseHttpAddress(value)).toEqual({ host, port });
});

test.each([
  [""],
  [":7433"],
  ["localhost"],
  ["::1:7433"],
  ["[::1]"],
  ["http://localhost:7433"],
  ["localhost:65536"],
  ["a b:1"],
  [-1],
  [1.5],
  [Number.NaN],
  [null],
  [undefined],
  [true],
  [{}],
])("%j is none", (value) => {
  expect(parseHttpAddress(value)).toBeUndefined();
});
