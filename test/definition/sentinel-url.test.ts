import { expect, test } from "vitest";
import { isSentinelUrl, parseSentinelUrl } from "../../src/definition/sentinel-url.ts";

test("hosts, primary, database and passwords are read", () => {
  const url =
    "rediss-sentinel://app:p%40ss@s1:26380,s2,[::1]:26379/2?master=shop&sentinel-user=watch&sentinel-password=w%26d";
  expect(parseSentinelUrl(url)).toEqual({
    sentinels: [
      { host: "s1", port: 26_380 },
      { host: "s2", port: 26_379 },
      { host: "::1", port: 26_379 },
    ],
    master: "shop",
    database: 2,
    tls: true,
    username: "app",
    password: "p@ss",
    sentinelUsername: "watch",
    sentinelPassword: "w&d",
  });
});

test("what is not said is absent", () => {
  expect(parseSentinelUrl("redis-sentinel://s1?master=shop")).toEqual({
    sentinels: [{ host: "s1", port: 26_379 }],
    master: "shop",
    database: 0,
    tls: false,
  });
});

test("a password may have no user", () => {
  expect(parseSentinelUrl("redis-sentinel://:pw@s1?master=shop")).toMatchObject({ password: "pw" });
});

test("a plus stands for itself everywhere, and not for a space", () => {
  const url = "redis-sentinel://a+b:c+d@s1?master=e+f&sentinel-user=g+h&sentinel-password=i+j%2Bk%20l";
  expect(parseSentinelUrl(url)).toMatchObject({
    username: "a+b",
    password: "c+d",
    master: "e+f",
    sentinelUsername: "g+h",
    sentinelPassword: "i+j+k l",
  });
});

test.each([
  "redis-sentinel://s1",
  "redis-sentinel://s1/0?master=",
  "redis-sentinel://?master=shop",
  "redis-sentinel://s1,,s2?master=shop",
  "redis-sentinel://s1:99999?master=shop",
  "redis-sentinel://s1:port?master=shop",
  "redis-sentinel://s1/zero?master=shop",
  "redis-sentinel://u:p%w@s1?master=shop",
  "redis-sentinel://s1?master=shop&db=2",
  "redis://s1?master=shop",
])("%s is none", (url) => {
  expect(parseSentinelUrl(url)).toBeUndefined();
});

test("one that is wrong is still meant to be one", () => {
  expect(isSentinelUrl("rediss-sentinel://s1")).toBe(true);
  expect(isSentinelUrl("redis://s1")).toBe(false);
});
