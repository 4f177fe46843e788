import { type Broker, redisOf } from "./broker.ts";
import { brokerError } from "./broker-error.ts";

/** A connection to the broker, ours or another program's. */
export interface Client {
  readonly name: string;
  readonly address: string;
}

/** The connections to the broker's database; undefined on servers and for users that may not list them. */
export async function readClients(broker: Broker): Promise<Client[] | undefined> {
  try {
    const list = (await broker[redisOf].client("LIST")) as string;
    return list
      .split("\n")
      .filter((line) => Number(/ db=(\d+)/.exec(line)?.[1]) === (broker[redisOf].options.db ?? 0))
      .map((line) => ({ name: / name=(\S*)/.exec(line)?.[1] ?? "", address: / addr=(\S*)/.exec(line)?.[1] ?? "" }));
  } catch (error) {
    if (/^NOPERM|unknown (?:sub)?command/i.test((error as Error).message)) return undefined;
    throw brokerError(error, broker.address);
  }
}
