import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { startRedis, testPrefix } from "./helpers/redis.ts";
import { findSecret } from "./helpers/secret.ts";

test.each([
  ["FLUSHALL"],
  ["FLUSHDB"],
  ["KEYS", "*"],
  ["SCAN", "0"],
  ["CONFIG", "GET", "*"],
  ["ACL", "LIST"],
  ["CLIENT", "KILL", "TYPE", "normal"],
  ["SCRIPT", "FLUSH"],
  ["FUNCTION", "LIST"],
  ["MODULE", "LIST"],
  ["REPLICAOF", "NO", "ONE"],
  ["SHUTDOWN", "NOSAVE"],
  ["MONITOR"],
  ["GET", "another:key"],
  ["EVAL", "return redis.call('GET', 'another:key')", "0"],
  ["EVAL", "return redis.call('FLUSHALL')", "0"],
])("the user of docs/security.md may not do %s %s", async (...command) => {
  const server = await startRedis({ refusals: true });
  onTestFinished(server.stop);
  const redis = new Redis(server.url);
  onTestFinished(() => redis.disconnect());

  await expect(redis.call(command[0]!, ...command.slice(1))).rejects.toThrow(/NOPERM|can't (?:run|access)/);
});

test("a command that is refused fails the test it happens in", async () => {
  const server = await startRedis();
  const redis = new Redis(server.url);
  await redis.hget(`${testPrefix()}:shop:1`, "name");
  await redis.call("FLUSHALL").catch(() => {});
  redis.disconnect();

  await expect(server.stop()).rejects.toThrow("the user of docs/security.md was refused: command flushall (toplevel)");
});

test.each([
  ["as it is", (secret: string) => secret],
  ["in a URL", encodeURIComponent],
  ["in JSON", (secret: string) => JSON.stringify({ secret })],
  ["in base64", (secret: string) => Buffer.from(secret).toString("base64")],
  ["in base64, one byte further", (secret: string) => Buffer.from(`:${secret}`).toString("base64")],
  ["in base64, within more", (secret: string) => Buffer.from(`a:${secret}@host`).toString("base64")],
])("the sweep for secrets finds one %s", (_form, write) => {
  const secret = 'pw"+/ß1';

  expect(findSecret(`before ${write(secret)} after`, secret)).toBeDefined();
  expect(findSecret(`before ${write("another secret")} after`, secret)).toBeUndefined();
});
