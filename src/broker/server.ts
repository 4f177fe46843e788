import { isTooOld, oldestVersion } from "../definition/redis-version.ts";
import { TaskqError } from "../errors.ts";
import { type Broker, redisOf } from "./broker.ts";
import { brokerError } from "./broker-error.ts";
import { infoField } from "./info-field.ts";

/** Refuses a server that would lose jobs: too old, or one that evicts keys when its memory is full. */
export async function checkServer(
  broker: Broker,
  { allowEviction }: { readonly allowEviction: boolean },
): Promise<void> {
  const info = await broker[redisOf].info().catch((error: unknown) => {
    throw brokerError(error, broker.address);
  });
  const version = infoField(info, "redis_version") ?? "0.0";
  const policy = infoField(info, "maxmemory_policy") ?? "noeviction";

  if (isTooOld(version)) {
    throw new TaskqError(
      "BROKER_REFUSED",
      `Redis at ${broker.address} is version ${version}, older than ${oldestVersion}`,
      {
        hint: "Upgrade it.",
      },
    );
  }
  if (infoField(info, "role") === "slave" && infoField(info, "slave_read_only") !== "0") {
    throw brokerError(new Error("READONLY"), broker.address);
  }
  if (policy !== "noeviction" && !allowEviction) {
    throw new TaskqError(
      "BROKER_REFUSED",
      `Redis at ${broker.address} has maxmemory-policy ${policy}, under which it deletes jobs when its memory is full`,
      { hint: "Set maxmemory-policy to noeviction, or start with --allow-eviction." },
    );
  }
}
