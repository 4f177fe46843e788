import { TaskqError } from "../errors.ts";
import { type Broker, redisOf } from "./broker.ts";
import { brokerError } from "./broker-error.ts";

const oldest = [6, 2] as const;

/** Refuses a server that would lose jobs: too old, or one that evicts keys when its memory is full. */
export async function checkServer(
  broker: Broker,
  { allowEviction }: { readonly allowEviction: boolean },
): Promise<void> {
  const info = await broker[redisOf].info().catch((error: unknown) => {
    throw brokerError(error, broker.address);
  });
  const version = field(info, "redis_version") ?? "0.0";
  const policy = field(info, "maxmemory_policy") ?? "noeviction";

  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new TaskqError(
      "BROKER_REFUSED",
      `Redis at ${broker.address} is version ${version}, older than ${oldest.join(".")}`,
      {
        hint: "Upgrade it.",
      },
    );
  }
  if (field(info, "role") === "slave" && field(info, "slave_read_only") !== "0") {
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

function field(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim();
}
