import { expect, test } from "vitest";
import { addressOf } from "../../src/definition/address-of.ts";
import { parseTlsUrl, rootTlsUrl } from "../../src/definition/tls-url.ts";

const whole = "rediss://u:pw@host:6380/0?family=6&ca=/etc/our%20ca.pem&cert=w+1.pem&db=2&key=worker.key";

test("the files of TLS are told from what else a URL says, which stays as it was", () => {
  expect(parseTlsUrl(whole)).toEqual({
    url: "rediss://u:pw@host:6380/0?family=6&db=2",
    said: [
      ["ca", "/etc/our ca.pem"],
      ["cert", "w+1.pem"],
      ["key", "worker.key"],
    ],
  });
});

test.each([
  "embedded",
  "redis://host",
  "rediss://host?family=6",
  "unix:///run/redis.sock",
  "redis-sentinel://s1?master=a",
])("%s names none", (url) => {
  expect(parseTlsUrl(url)).toEqual({ url, said: [] });
  expect(rootTlsUrl(url, "/shop")).toBe(url);
  expect(addressOf(url)).toBe(url);
});

test("where nothing else was said, no question mark is left", () => {
  expect(parseTlsUrl("rediss://host?ca=a").url).toBe("rediss://host");
  expect(parseTlsUrl("rediss-sentinel://s1?ca=a&master=shop").url).toBe("rediss-sentinel://s1?master=shop");
});

test("relative files start from the project's folder", () => {
  expect(rootTlsUrl(whole, "/shop & co")).toBe(
    "rediss://u:pw@host:6380/0?family=6&db=2&ca=%2Fetc%2Four%20ca.pem&cert=%2Fshop%20%26%20co%2Fw%2B1.pem&key=%2Fshop%20%26%20co%2Fworker.key",
  );
  expect(parseTlsUrl(rootTlsUrl(whole, "/shop & co")).said).toEqual([
    ["ca", "/etc/our ca.pem"],
    ["cert", "/shop & co/w+1.pem"],
    ["key", "/shop & co/worker.key"],
  ]);
});

test("an address holds neither its password nor the files of TLS", () => {
  expect(addressOf(whole)).toBe("rediss://u:***@host:6380/0?family=6&db=2");
});
