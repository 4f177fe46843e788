import { once } from "node:events";
import { createServer } from "node:http";
import { Redis } from "ioredis";
import { hasTls, startTlsRedis } from "./certificates.ts";
import { startRedis, type TestRedis, testPassword } from "./redis.ts";

/** A broker that somebody has broken: where it is, and how to clean up after it. */
export interface BrokenBroker {
  readonly url: string;
  /** What messages show, but for the password. Default: the URL. */
  readonly address?: string;
  readonly stop: () => Promise<unknown>;
  /** The keys that are there when all is mended again, where that can be. */
  readonly keys?: (pattern: string) => Promise<string[]>;
}

/** One way to break a broker, and what is said of it. */
export interface Fault {
  readonly what: string;
  readonly open: (prefix: string) => Promise<BrokenBroker>;
  readonly code: "BROKER_UNREACHABLE" | "BROKER_REFUSED";
  /** What follows the address. */
  readonly why: string;
  readonly hint: string;
  /** Who only reads is served all the same. */
  readonly isReadable?: boolean;
}

const password = encodeURIComponent(testPassword);
const elsewhere = "Start it, or name another with `--broker <url>` or TASKQ_BROKER_URL.";
const permissions = "Give its user the permissions that docs/security.md lists.";
const unreachable = { code: "BROKER_UNREACHABLE", hint: elsewhere } as const;
const refused = { code: "BROKER_REFUSED" } as const;

const overTls: readonly Fault[] = [
  {
    what: "over TLS, without the certificate that it asks for",
    async open() {
      const { tlsUrl, authority, stop } = await startTlsRedis({ clients: "yes" });
      return { url: `${tlsUrl}?ca=${authority}`, address: tlsUrl, stop };
    },
    ...refused,
    why: "it asks for a client's certificate",
    hint: "Name one as `cert` in the broker's URL, and its key as `key`.",
  },
  {
    what: "over TLS, of an authority that is not known",
    open: async () => ofTls(await startTlsRedis(), (url) => url),
    ...unreachable,
    why: "its certificate is of an authority that is not trusted here",
    hint: "Name the file with the authority's certificate as `ca` in the broker's URL.",
  },
  {
    what: "in the clear, on a port that speaks TLS",
    open: async () => ofTls(await startTlsRedis(), (url) => url.replace("rediss:", "redis:")),
    ...unreachable,
    why: "the connection was closed",
    hint: "If it speaks TLS there, write rediss://.",
  },
];

export const faults: readonly Fault[] = [
  {
    what: "that is not there",
    async open() {
      const { url, stop } = await startRedis();
      await stop();
      return { url, stop };
    },
    ...unreachable,
    why: "connection refused",
  },
  { what: "that is frozen", open: () => broken((redis) => redis.freeze()), ...unreachable, why: "it does not answer" },
  {
    what: "on a host that nobody knows",
    open: async () => ({ url: `redis://taskq:${password}@redis.invalid:6379`, stop: async () => {} }),
    ...unreachable,
    why: "no such host",
  },
  {
    what: "at a socket that is not there",
    open: async () => ({ url: `unix://taskq:${password}@/nowhere/redis.sock`, stop: async () => {} }),
    ...unreachable,
    why: "no such socket",
  },
  {
    what: "that is no Redis",
    async open() {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as { port: number };
      return { url: `redis://taskq:${password}@127.0.0.1:${port}`, stop: async () => server.close() };
    },
    ...unreachable,
    why: "what answers there is no Redis",
  },
  {
    what: "over TLS, on a port that speaks none",
    async open() {
      const { url, stop } = await startRedis();
      return { url: url.replace("redis:", "rediss:"), stop };
    },
    ...unreachable,
    why: "it does not answer",
    hint: "If it speaks no TLS there, write redis://.",
  },
  ...(hasTls ? overTls : []),
  {
    what: "with another password",
    open: () => broken((_redis, admin) => admin.call("ACL", "SETUSER", "taskq", "resetpass", ">another")),
    ...refused,
    why: "the password is wrong",
    hint: "Correct the user and password in the broker's URL.",
  },
  {
    what: "that asks for a password",
    async open() {
      const { urlOf, stop } = await startRedis();
      return { url: urlOf(), stop };
    },
    ...refused,
    why: "it asks for a password",
    hint: "Put a user and its password into the broker's URL.",
  },
  {
    what: "whose user may do nothing",
    open: () => broken((_redis, admin) => admin.call("ACL", "SETUSER", "taskq", "-@all")),
    ...refused,
    why: "NOPERM this user has no permissions to run the 'ping' command",
    hint: permissions,
  },
  {
    what: "whose user may not use the keys",
    open: () => broken((_redis, admin) => admin.call("ACL", "SETUSER", "taskq", "resetkeys", "~other:*")),
    ...refused,
    why: "NOPERM this user has no permissions to access one of the keys used as arguments",
    hint: permissions,
  },
  {
    what: "whose user may not run what scripts do",
    open: (prefix) =>
      broken(async (_redis, admin) => {
        await admin.sadd(`${prefix}:taskq:queues`, "shop");
        await admin.call("ACL", "SETUSER", "taskq", "-incr", "-llen", "-lrange");
      }),
    ...refused,
    why: "NOPERM this user may not run a command of a script, or use its keys",
    hint: permissions,
  },
  {
    what: "that is a replica",
    async open() {
      const primary = await startRedis();
      const replica = await broken((_redis, admin) => admin.call("REPLICAOF", "127.0.0.1", primary.port));
      return { ...replica, stop: () => Promise.all([replica.stop(), primary.stop()]) };
    },
    ...refused,
    why: "it is a replica, which takes no writes",
    hint: "Name the primary in the broker's URL.",
    isReadable: true,
  },
  {
    what: "whose memory is full",
    open: () => broken((_redis, admin) => admin.config("SET", "maxmemory", "1mb")),
    ...refused,
    why: "its memory is full",
    hint: "Raise its maxmemory, or remove jobs, then try again.",
    isReadable: true,
  },
  {
    what: "where something else stands under the keys of a queue",
    open: (prefix) =>
      broken(async (_redis, admin) => {
        await admin.sadd(`${prefix}:taskq:queues`, "shop");
        await admin.mset(`${prefix}:shop:wait`, "text", `${prefix}:shop:meta`, "text");
      }),
    ...refused,
    why: "under a key of the queue stands something else",
    hint: "Choose another prefix, or remove what another program put there.",
  },
  {
    what: "that is loading its data",
    async open() {
      // A second for each key: no test takes so long.
      const slow = ["--key-load-delay", "500000", "--loading-process-events-interval-bytes", "1024"];
      const redis = await startRedis({ args: [...slow, "--rdbcompression", "no"], refusals: true });
      const admin = new Redis(redis.adminUrl);
      for (let key = 0; key < 200; key++) await admin.set(`test-${key}:`, "x".repeat(2_000));
      await admin.save();
      admin.disconnect();
      await redis.kill();
      await redis.restart();
      return { url: redis.url, stop: redis.stop };
    },
    ...refused,
    why: "it is still loading its data",
    hint: "Try again when it is done.",
  },
];

function ofTls({ tlsUrl, stop }: Awaited<ReturnType<typeof startTlsRedis>>, change: (url: string) => string) {
  return { url: change(tlsUrl), stop };
}

/** A server that the test breaks on purpose. */
async function broken(breakIt: (redis: TestRedis, admin: Redis) => unknown): Promise<BrokenBroker> {
  const redis = await startRedis({ refusals: true });
  const admin = new Redis(redis.adminUrl);
  await breakIt(redis, admin);
  admin.disconnect();
  return {
    url: redis.url,
    stop: redis.stop,
    async keys(pattern) {
      redis.thaw();
      const look = new Redis(redis.adminUrl);
      const found = await look.keys(pattern);
      look.disconnect();
      return found;
    },
  };
}
