import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Redis } from "ioredis";
import { type Broker, locationOf, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { createRedis } from "../redis.ts";
import { storeKeys } from "../store/keys.ts";

export type Entry = Readonly<Record<string, string>>;

/** Reads any number of streams over one connection, which is opened when first needed. */
export interface Streams {
  /** Under which others answer. */
  readonly address: string;
  /** Reads what is answered, from now on. */
  readonly listen: () => Promise<void>;
  /** Reads a stream from now on: what is written to it after this resolves is heard. */
  readonly add: (key: string) => Promise<void>;
  readonly remove: (key: string) => void;
  readonly close: () => Promise<void>;
}

export interface StreamsOptions {
  readonly onEntry: (key: string, entry: Entry) => void;
  /** Every few seconds, and when a connection that broke is back: entries may have been trimmed before they were read. */
  readonly onDoubt: () => void;
}

const blockMs = 5_000;
const atOnce = 1_000;
const inboxSeconds = 86_400;

/** A stream of one's own is among those that are read: an entry there wakes the reader when the list changes. */
export function createStreams(broker: Broker, { onEntry, onDoubt }: StreamsOptions): Streams {
  const address = randomUUID();
  const inbox = storeKeys(broker.prefix).inbox(address);
  const positions = new Map<string, string>();
  let reader: Promise<Redis> | undefined;
  let isOpen = true;
  let lookedAtMs = Date.now();

  async function open(): Promise<Redis> {
    const redis = await createRedis(locationOf(broker), "endless");
    await redis.connect().catch(() => {}); // it goes on trying
    redis.on("ready", doubt);
    if (isOpen) void read(redis);
    else redis.disconnect();
    return redis;
  }

  async function read(redis: Redis): Promise<void> {
    while (isOpen) {
      const keys = [inbox, ...positions.keys()];
      const from = keys.map((key) => positions.get(key) ?? inboxAt);
      try {
        const found = await redis.xread("COUNT", atOnce, "BLOCK", blockMs, "STREAMS", ...keys, ...from);
        for (const [key, entries] of found ?? []) hear(String(key), entries as unknown as [string, string[]][]);
      } catch {
        await wait(200, undefined, { ref: false });
      }
      if (Date.now() - lookedAtMs >= blockMs) doubt();
    }
  }

  let inboxAt = "0";
  function hear(key: string, entries: readonly [id: string, fields: string[]][]): void {
    for (const [id, fields] of entries) {
      if (key === inbox) inboxAt = id;
      else if (positions.has(key)) positions.set(key, id);
      onEntry(key, toEntry(fields));
    }
  }

  function doubt(): void {
    lookedAtMs = Date.now();
    onDoubt();
  }

  async function listen(): Promise<void> {
    const redis = broker[redisOf];
    await told(broker, () => redis.xadd(inbox, "MAXLEN", "~", atOnce, "*", "wake", "1"));
    await told(broker, () => redis.expire(inbox, inboxSeconds));
    reader ??= open();
    await reader;
  }

  return {
    address,
    listen,
    async add(key) {
      const [last] = await told(broker, () => broker[redisOf].xrevrange(key, "+", "-", "COUNT", 1));
      positions.set(key, positions.get(key) ?? String(last?.[0] ?? "0"));
      await listen();
    },
    remove: (key) => void positions.delete(key),
    async close() {
      if (!isOpen) return;
      isOpen = false;
      if (!reader) return;
      (await reader).disconnect();
      await broker[redisOf].del(inbox).catch(() => {}); // it expires
    },
  };
}

function toEntry(flat: readonly string[]): Entry {
  const entry: Record<string, string> = {};
  for (let at = 0; at < flat.length; at += 2) entry[flat[at]!] = String(flat[at + 1]);
  return entry;
}
