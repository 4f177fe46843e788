import { type Broker, redisOf } from "../broker.ts";
import { told } from "../broker-error.ts";
import { infoField } from "../info-field.ts";

/** What the server says of itself. Absent is `undefined`: another server than Redis may say less. */
export interface ServerFacts {
  readonly version: string;
  readonly isReplica: boolean;
  readonly evictionPolicy: string | undefined;
  readonly usedBytes: number | undefined;
  /** 0: as much as the machine has. */
  readonly maxBytes: number | undefined;
  readonly machineBytes: number | undefined;
  readonly hasAppendOnlyFile: boolean | undefined;
  /** Whether the last write of it, and the last snapshot, went well. */
  readonly diskIsWell: boolean;
  readonly lastSnapshotMs: number | undefined;
  readonly changesSinceSnapshot: number | undefined;
  readonly clients: number | undefined;
  readonly maxClients: number | undefined;
}

export async function readServer(broker: Broker): Promise<ServerFacts> {
  const info = await told(broker, () => broker[redisOf].info());
  const text = (name: string) => infoField(info, name);
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  const savedAt = number("rdb_last_save_time");
  const hasAppendOnlyFile = text("aof_enabled");

  return {
    version: text("redis_version") ?? "0.0",
    isReplica: text("role") === "slave" && text("slave_read_only") !== "0",
    evictionPolicy: text("maxmemory_policy"),
    usedBytes: number("used_memory"),
    maxBytes: number("maxmemory"),
    machineBytes: number("total_system_memory"),
    hasAppendOnlyFile: hasAppendOnlyFile === undefined ? undefined : hasAppendOnlyFile === "1",
    diskIsWell: ["aof_last_write_status", "rdb_last_bgsave_status"].every((name) => (text(name) ?? "ok") === "ok"),
    lastSnapshotMs: savedAt === undefined ? undefined : savedAt * 1_000,
    changesSinceSnapshot: number("rdb_changes_since_last_save"),
    clients: number("connected_clients"),
    maxClients: number("maxclients"),
  };
}
