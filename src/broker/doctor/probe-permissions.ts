import type { Redis } from "ioredis";
import { type Broker, locationOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { createRedis } from "../redis.ts";
import { storeKeys } from "../store/keys.ts";
import { neededCommands } from "./needed-commands.ts";

/** What the user may not do that taskq needs. */
export interface Permissions {
  readonly user: string;
  readonly commands: readonly string[];
  readonly mayUseKeys: boolean;
  readonly mayUseChannels: boolean;
  /** Whether all was asked: without MULTI it cannot be. */
  readonly isWhole: boolean;
}

/**
 * Redis says what a user may not do when a command is queued in a transaction. This one is broken on purpose, so that none of it is
 * ever carried out, and on a connection of its own, so that it ends with it.
 */
export async function probePermissions(broker: Broker): Promise<Permissions> {
  const redis = await createRedis(locationOf(broker), "fail-fast");
  const user = redis.options.username || "default";
  try {
    await told(broker, () => redis.connect());
    const opened = await ask(redis, ["multi"]);
    if (opened) return { ...sumUp(user, [["multi", opened]]), isWhole: false };
    await ask(redis, ["get"]); // too few arguments: EXEC will refuse
    const { key, channel } = namesOf(broker.prefix);
    const fill = (args: readonly string[]) => args.map((arg) => ({ KEY: key, CHANNEL: channel })[arg] ?? arg);

    const queued = Object.entries(neededCommands).filter(([name]) => !isAskedAside(name));
    const refusals: (readonly [string, string | undefined])[] = await Promise.all(
      queued.map(async ([name, args]) => [name, await ask(redis, [...name.split("|"), ...fill(args)])] as const),
    );
    refusals.push(["exec", await ask(redis, ["exec"])]);
    for (const name of ["subscribe", "unsubscribe"]) refusals.push([name, await ask(redis, [name, channel])]);
    return { ...sumUp(user, refusals), isWhole: true };
  } finally {
    redis.disconnect();
  }
}

// The client takes what answers a subscription for one: these are asked outside of the transaction, where they do no harm.
const isAskedAside = (name: string) => ["multi", "exec", "subscribe", "unsubscribe"].includes(name);

const namesOf = (prefix: string) => ({ key: `${prefix}:taskq:probe`, channel: storeKeys(prefix).messages });

/** Why the user may not; undefined where that is not what hinders it. */
async function ask(redis: Redis, [name, ...args]: readonly string[]): Promise<string | undefined> {
  try {
    await redis.call(name!, ...args);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    if ((error as Error).name !== "ReplyError") throw error;
    return message.startsWith("NOPERM") ? message : undefined;
  }
}

function sumUp(
  user: string,
  refusals: readonly (readonly [string, string | undefined])[],
): Omit<Permissions, "isWhole"> {
  const of = (what: RegExp) => refusals.filter(([, why]) => why !== undefined && what.test(why));
  return {
    user,
    commands: of(/'\S+' command|run the|subcommand/).map(([name]) => name),
    mayUseKeys: of(/\bkeys?\b/).length === 0,
    mayUseChannels: of(/\bchannels?\b/).length === 0,
  };
}
