import type { Redis, RedisOptions } from "ioredis";
import { parseSentinelUrl, type SentinelUrl } from "../definition/sentinel-url.ts";
import { parseTlsUrl } from "../definition/tls-url.ts";
import { createTlsOptions } from "./tls-options.ts";

/** `fail-fast` never waits for a broker that is gone; `endless` is for workers, which wait for its return. */
export type ConnectionKind = "fail-fast" | "reconnecting" | "endless";

const longestRetryMs = 1_000;

/** An ioredis client for a broker URL, not yet connected. Throws where the URL names files of TLS that cannot be used. */
export async function createRedis(location: string, kind: ConnectionKind): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const { url, said } = parseTlsUrl(location);
  const common = options[kind];
  const tls = said.length === 0 ? undefined : createTlsOptions(location);
  const watched = parseSentinelUrl(url);
  const redis = watched
    ? new Redis(ofSentinels(watched, common, tls))
    : url.startsWith("unix:")
      ? new Redis(ofSocket(url, common))
      : new Redis(url, { ...common, ...(tls && { tls }) });
  redis.on("error", () => {}); // without a listener ioredis prints, and its errors may hold the password
  return redis;
}

/**
 * At each connection ioredis asks them where the primary is. Not its `failoverDetector`: told of a failover while it connects, it
 * gives up for good.
 */
function ofSentinels<Options extends RedisOptions>(url: SentinelUrl, common: Options, tls: RedisOptions["tls"] = {}) {
  const { sentinels, master, database, username, password, sentinelUsername, sentinelPassword } = url;
  return {
    ...common,
    sentinels: [...sentinels],
    name: master,
    db: database,
    ...(username && { username }),
    ...(password && { password }),
    ...(sentinelUsername && { sentinelUsername }),
    ...(sentinelPassword && { sentinelPassword }),
    ...(url.tls && { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
    sentinelRetryStrategy: common.retryStrategy!,
    sentinelCommandTimeout: 1_000,
  };
}

/** `unix://user:password@/path`: no URL in the eyes of `URL`, since it has no host. */
function ofSocket<Options extends RedisOptions>(url: string, options: Options) {
  const [, username, password, path] = /^unix:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?(.*)$/.exec(url)!;
  return {
    ...options,
    path: decodeURIComponent(path!),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
}

const shared = {
  lazyConnect: true,
  connectTimeout: 3_000,
  keepAlive: 30_000,
  disableClientInfo: true,
  autoResubscribe: false, // nobody would hear it fail: whoever subscribes does so again when it is ready
} satisfies RedisOptions;

/** A call is refused at once by a server that loads its data; a worker waits for it. */
const unready = { enableReadyCheck: false } satisfies RedisOptions;

const options = {
  "fail-fast": { ...shared, ...unready, retryStrategy: () => null, maxRetriesPerRequest: 0, commandTimeout: 4_000 },
  reconnecting: {
    ...shared,
    ...unready,
    retryStrategy: retry,
    maxRetriesPerRequest: 0,
    commandTimeout: 4_000,
    socketTimeout: 8_000, // calls that are refused one after another may be on their way to a host that is gone
    enableOfflineQueue: false,
  },
  // No commandTimeout: a worker's blocking connection waits on purpose.
  endless: { ...shared, retryStrategy: retry, maxRetriesPerRequest: null },
} satisfies Record<ConnectionKind, RedisOptions>;

function retry(times: number): number {
  return Math.min(times * 100, longestRetryMs);
}
