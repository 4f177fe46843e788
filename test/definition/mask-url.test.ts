import { expect, test } from "vitest";
import { maskSecrets } from "../../src/definition/mask-url.ts";

test.each([
  ["redis://user:pw@host:6379/0", "redis://user:***@host:6379/0"],
  ["rediss://:pw@host", "rediss://:***@host"],
  ["cannot reach redis://a:b@c and unix://d:e@/f", "cannot reach redis://a:***@c and unix://d:***@/f"],
  ["redis://a:1@h1,redis://b:2@h2", "redis://a:***@h1,redis://b:***@h2"],
  ["redis://user:p@s/s:w@host", "redis://user:***@host"],
  ["redis-sentinel://u:pw@s1,s2/0?master=m", "redis-sentinel://u:***@s1,s2/0?master=m"],
  ["redis-sentinel://s1?master=m&sentinel-password=pw", "redis-sentinel://s1?master=m&sentinel-password=***"],
  ["redis://host/0?password=pw&tls=1", "redis://host/0?password=***&tls=1"],
])("the password in %s is masked", (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test.each([
  "redis://host:6379",
  "redis://[::1]:6379/0",
  "unix:///run/redis.sock",
  "mail a@b.c: done",
  "redis://user@host",
])("%s holds no password and stays as it is", (text) => {
  expect(maskSecrets(text)).toBe(text);
});
