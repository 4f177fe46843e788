import type { Distance } from "../../broker/doctor/measure-broker.ts";
import type { Permissions } from "../../broker/doctor/probe-permissions.ts";
import type { Lines } from "../../broker/doctor/read-lines.ts";
import type { ServerFacts } from "../../broker/doctor/read-server.ts";
import type { QueueCounts } from "../../broker/look/queue-counts.ts";
import type { StoredSchedule } from "../../broker/schedules/schedulers.ts";
import type { Declared } from "../../broker/store/releases.ts";
import type { LiveRunner } from "../../broker/store/runners.ts";
import type { Unit } from "./read-units.ts";

/** Something that was asked of the broker, or why it refused to tell. */
export type Fact<Value> = { readonly value: Value } | { readonly refused: string };

/** All that the rules judge. */
export interface Facts {
  readonly nowMs: number;
  readonly server: Fact<ServerFacts>;
  readonly permissions: Fact<Permissions>;
  readonly distance: Fact<Distance>;
  readonly queues: Fact<readonly QueueCounts[]>;
  readonly lines: Fact<readonly Lines[]>;
  readonly schedules: Fact<readonly StoredSchedule[]>;
  readonly workers: Fact<readonly LiveRunner[]>;
  /** By release; one of which nothing is known is missing. */
  readonly releases: Fact<ReadonlyMap<string, Declared>>;
  /** The systemd units of workers on this host. */
  readonly units: readonly Unit[];
  /** The most failed jobs that a queue keeps. */
  readonly keepFailed: (queue: string) => number;
}
