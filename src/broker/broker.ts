import type { Redis } from "ioredis";
import { addressOf } from "../definition/address-of.ts";
import type { TelemetrySettings } from "../definition/config.ts";
import { rootTlsUrl } from "../definition/tls-url.ts";
import { TaskqError } from "../errors.ts";
import { brokerError } from "./broker-error.ts";
import { type ConnectionKind, createRedis } from "./redis.ts";
import type { Telemetries } from "./telemetry.ts";

/** The key of the ioredis client inside a Broker: only this room has it. */
export const redisOf: unique symbol = Symbol("redis");

/** One connection to one Redis, and the prefix of all our keys in it. */
export interface Broker {
  /** Where it is, without its password and the files of TLS. */
  readonly address: string;
  readonly prefix: string;
  readonly kind: ConnectionKind;
  readonly close: () => Promise<void>;
  readonly [redisOf]: Redis;
}

export interface BrokerOptions {
  /** A URL, or `embedded`. */
  readonly url: string;
  readonly prefix: string;
  readonly kind: ConnectionKind;
  /** The project's folder: an embedded server lives in its `.taskq`, what is optional is installed there, files of TLS start from it. */
  readonly root: string;
  /** What calls and workers tell OpenTelemetry. Default: nothing. */
  readonly telemetry?: TelemetrySettings | undefined;
}

const patienceMs = 4_500;
/** Where each broker is, password included: no part of the object, so that nothing shows it. */
const locations = new WeakMap<Broker, string>();

const telemetries = new WeakMap<Broker, Telemetries>();

/** Undefined where nobody asked for it. */
export const telemetryOf = (broker: Broker): Telemetries | undefined => telemetries.get(broker);

/** For another connection to the same server. */
export const locationOf = (broker: Broker): string => locations.get(broker)!;

/** Connects, or says within five seconds why it cannot. */
export async function openBroker({ url, prefix, kind, root, telemetry }: BrokerOptions): Promise<Broker> {
  const loaded = telemetry && (await (await import("./telemetry.ts")).loadTelemetry(telemetry, root));
  const location = url === "embedded" ? await embedded(root) : rootTlsUrl(url, root);
  const address = addressOf(url);
  // An endless connection waits for what may pass, such as a server that loads its data: one that does not is asked first.
  if (kind === "endless") (await connect(location, "fail-fast", address)).disconnect();
  const redis = await connect(location, kind, address);

  let isOpen = true;
  // An embedded server that was killed is brought back by whoever misses it.
  if (url === "embedded" && kind !== "fail-fast")
    redis.on("close", () => isOpen && void embedded(root).catch(() => {}));
  const broker = {
    address,
    prefix,
    kind,
    async close() {
      isOpen = false;
      redis.disconnect();
    },
  } as Broker;
  // The client holds the password: what inspects or serializes a broker does not come by it.
  Object.defineProperty(broker, redisOf, { get: () => redis });
  locations.set(broker, location);
  if (loaded) telemetries.set(broker, loaded);
  return broker;
}

async function embedded(root: string): Promise<string> {
  const { openEmbedded } = await import("./embedded/open.ts");
  const { socket } = await openEmbedded(`${root}/.taskq`);
  return `unix://${encodeURI(socket)}`;
}

async function connect(location: string, kind: ConnectionKind, address: string): Promise<Redis> {
  const redis = await createRedis(location, kind);
  try {
    await knock(redis);
    return redis;
  } catch (cause) {
    redis.disconnect();
    throw brokerError(cause, address);
  }
}

/** An endless connection retries for ever, so its first refusal has to be heard as an event. */
async function knock(redis: Redis): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    redis.once("error", reject);
    timer = setTimeout(() => reject(new TaskqError("BROKER_UNREACHABLE", "no answer")), patienceMs);
  });
  try {
    await Promise.race([redis.connect().then(() => redis.ping()), refused]);
  } finally {
    clearTimeout(timer);
    redis.removeAllListeners("error").on("error", () => {});
  }
}

/** What else is connected for a broker, and left together with its own connection. */
const companions = new WeakMap<Broker, Set<Redis>>();
const renewing = new WeakSet<Broker>();

/** Returns how to part again. */
export function keepBeside(broker: Broker, redis: Redis): () => void {
  const beside = companions.get(broker) ?? new Set();
  companions.set(broker, beside.add(redis));
  return () => void beside.delete(redis);
}

/**
 * Leaves connections that are open and silent: who is at the other end may be gone for good, or the primary no longer. What was
 * asked is asked again on the next one.
 */
export function renewConnection(broker: Broker): void {
  const own = broker[redisOf];
  for (const redis of [own, ...(companions.get(broker) ?? [])]) {
    if (redis.status !== "ready" && redis.status !== "connect") continue; // it is on its way to a new one
    if (redis === own) renewing.add(broker);
    redis.disconnect(true);
  }
}

/** Hears when the connection goes, but for one that was renewed, and when it is ready again. Returns how to stop listening. */
export function onConnection(
  broker: Broker,
  { lost, back }: { readonly lost: (reason: string) => void; readonly back: () => void },
): () => void {
  const redis = broker[redisOf];
  const onClose = () => renewing.delete(broker) || lost("the connection was closed");
  redis.on("close", onClose).on("ready", back);
  return () => redis.off("close", onClose).off("ready", back);
}
