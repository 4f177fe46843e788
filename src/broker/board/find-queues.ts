import type { Broker } from "../broker.ts";
import { readClients } from "../clients.ts";
import { readQueueNames } from "../store/queue-names.ts";

/** Every queue that can be seen without a scan of all keys: those that taskq has met, and those that anyone has a worker on. */
export async function findQueues(broker: Broker): Promise<string[]> {
  const [met, clients = []] = await Promise.all([readQueueNames(broker), readClients(broker)]);
  const worked = clients.flatMap(({ name }) => queueOf(name, `${broker.prefix}:`) ?? []);
  return [...new Set([...met, ...worked])].filter(isPossible).sort();
}

/** BullMQ names a worker's connection `<prefix>:<base64 of the queue>`, and `:w:<name>` where the worker has one. */
function queueOf(client: string, start: string): string | undefined {
  if (!client.startsWith(start)) return undefined;
  const [, encoded = ""] = /^([\w+/]+=*)(?::w:.*)?$/.exec(client.slice(start.length)) ?? [];
  const name = Buffer.from(encoded, "base64").toString();
  return Buffer.from(name).toString("base64") === encoded ? name : undefined;
}

/** Anyone can write names there that BullMQ throws at. */
const isPossible = (name: string) => name !== "" && !name.includes(":");
