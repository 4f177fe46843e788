import type { Broker } from "../broker/broker.ts";
import type { LockKeeper } from "../broker/lock-keeper/lock-keeper.ts";
import type { NotifyEnvironment } from "../config/notify-environment.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";
import type { OnEvent } from "../runner/events.ts";
import type { ThreadPool } from "../runner/isolate/pool.ts";
import type { Runner } from "../runner/runner.ts";
import type { TakeBack } from "../runner/take-back.ts";
import type { Burst } from "./burst.ts";
import type { EndHooks } from "./hooks/end-hooks.ts";
import type { Http } from "./insight/http.ts";
import type { Insight } from "./insight/insight.ts";
import type { SystemdNotifier } from "./insight/notify-systemd.ts";
import type { ScheduleKeeper } from "./keep-schedules.ts";
import type { HealthReport } from "./operate.ts";
import type { Presence } from "./presence/presence.ts";
import type { BrokerWatch } from "./presence/watch-broker.ts";
import type { Limits } from "./recycle.ts";
import type { Opened } from "./startup.ts";

export interface ServiceOptions {
  readonly config: ResolvedConfig;
  readonly catalog: Catalog;
  readonly queues: readonly string[];
  /** Whether this process puts schedules into the broker. */
  readonly schedules: boolean;
  /** Whether it ends by itself when nothing is left to do. */
  readonly burst: boolean;
  readonly allowEviction: boolean;
  /** Globs of queues on which others may work too. */
  readonly shareQueues: readonly string[];
  readonly name: string | undefined;
  /** What the systemd that started the process asks of it. */
  readonly systemd?: NotifyEnvironment | undefined;
  readonly onEvent: OnEvent;
  /** After which the process closes, to make room for a fresh one. */
  readonly limits?: Limits | undefined;
  /** Whether others run with the same limits. */
  readonly isInPool?: boolean;
  /** Asked before the first job is taken: whether to take none yet. */
  readonly isQuiet?: () => boolean;
  /** Closes the service, also one that is still starting; its reason says why. */
  readonly closeSignal?: AbortSignal;
  readonly onRecycle?: () => void;
}

/** A whole worker process, put together. */
export interface Service {
  /** Begins to close in good order; again is no harm. */
  readonly close: (reason: string) => void;
  /** The same, and the exit code is 1. */
  readonly fail: (reason: string) => void;
  /** Takes no more jobs until `resume`, and keeps running. */
  readonly quiet: () => void;
  readonly resume: () => void;
  /** Tells as events what runs. */
  readonly report: () => void;
  readonly health: () => HealthReport;
  /** What it can tell of itself; absent where nobody serves it. */
  readonly insight: Insight | undefined;
  /** Aborts what runs, without waiting for it first. */
  readonly hurry: () => void;
  /** Resolves with the exit code when all is closed. */
  readonly ended: Promise<number>;
}

/** What a running service is made of: closing takes it apart in the reverse order. */
export interface Parts {
  readonly broker: Broker;
  readonly opened: Opened;
  readonly threads: ThreadPool;
  readonly runner: Runner;
  readonly endHooks: EndHooks | undefined;
  readonly takeBack: TakeBack;
  readonly scheduleKeeper: ScheduleKeeper;
  readonly lockKeeper: LockKeeper;
  readonly presence: Presence;
  readonly burst: Burst | undefined;
  readonly systemd: SystemdNotifier | undefined;
  readonly watch: BrokerWatch;
  readonly http: Http | undefined;
}
