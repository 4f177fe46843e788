import type { Broker } from "../broker/broker.ts";
import type { LockKeeper } from "../broker/lock-keeper/lock-keeper.ts";
import type { NotifyEnvironment } from "../config/notify-environment.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import type { OnEvent } from "../runner/events.ts";
import type { Runner } from "../runner/runner.ts";
import type { TakeBack } from "../runner/take-back.ts";
import type { Burst } from "./burst.ts";
import type { EndHooks } from "./end-hooks.ts";
import type { Opened } from "./hooks.ts";
import type { SystemdNotifier } from "./notify-systemd.ts";
import type { Presence } from "./presence.ts";
import type { BrokerWatch } from "./watch-broker.ts";

export interface ServiceOptions {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
  readonly queues: readonly string[];
  /** Whether this process puts schedules into the broker. */
  readonly schedules: boolean;
  /** Whether it ends by itself when nothing is left to do. */
  readonly burst: boolean;
  readonly allowEviction: boolean;
  readonly name: string | undefined;
  /** What the systemd that started the process asks of it. */
  readonly systemd?: NotifyEnvironment | undefined;
  readonly onEvent: OnEvent;
}

/** A whole worker process, put together. */
export interface Service {
  /** Begins to close in good order; again is no harm. */
  readonly close: (reason: string) => void;
  /** The same, and the exit code is 1. */
  readonly fail: (reason: string) => void;
  /** Aborts what runs, without waiting for it first. */
  readonly hurry: () => void;
  /** Resolves with the exit code when all is closed. */
  readonly ended: Promise<number>;
}

/** What a running service is made of: closing takes it apart in the reverse order. */
export interface Parts {
  readonly broker: Broker;
  readonly opened: Opened;
  readonly runner: Runner;
  readonly endHooks: EndHooks | undefined;
  readonly takeBack: TakeBack;
  readonly lockKeeper: LockKeeper;
  readonly presence: Presence;
  readonly burst: Burst | undefined;
  readonly systemd: SystemdNotifier | undefined;
  readonly watch: BrokerWatch;
}
