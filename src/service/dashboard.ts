import type { ServerResponse } from "node:http";
import { type Broker, openBroker } from "../broker/broker.ts";
import { redactKeys } from "../definition/redact.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";
import { listSchedules } from "../schedule/list.ts";
import { runSchedule } from "../schedule/run.ts";
import { createDashboard } from "../serve/dashboard/dashboard.ts";
import { createNodeListener, type MountedRequest } from "../serve/dashboard/node-listener.ts";

export interface DashboardSettings {
  /** The path that it is served under, such as `/admin/jobs`. Default: the root. */
  readonly prefix?: string | undefined;
  /** Whether jobs can be retried, removed and so on. Default false: it only shows. */
  readonly writable?: boolean | undefined;
  /** What every request has to bring, as a bearer token or as the password of basic auth. Default: nothing is asked. */
  readonly token?: string | undefined;
  /** The Host headers that are answered, beside this machine's own names. Default: any. */
  readonly hosts?: readonly string[] | undefined;
  /** Queues to show that no worker or client of taskq has used and that nobody works on now. Default: none. */
  readonly queues?: readonly string[] | undefined;
}

/** The dashboard as functions, for an application to mount. */
export interface Dashboard extends AsyncDisposable {
  /** For Hono, Next and whatever else speaks in requests and responses. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** For Node's own server, Express and the like. */
  readonly handle: (request: MountedRequest, response: ServerResponse) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Connects, and resolves when it can answer. Imports no job file: it shows what the broker holds. */
export async function openDashboard(config: ResolvedConfig, settings: DashboardSettings): Promise<Dashboard> {
  const { prefix = "", writable = false, token, hosts, queues = [] } = settings;
  const basePath = checkPath(prefix);
  const { broker: url, prefix: keyPrefix, root, redact } = config;
  const broker = await openBroker({ url, prefix: keyPrefix, root, kind: "reconnecting" });

  const fetch = await createDashboard({
    broker,
    basePath,
    isWritable: writable,
    token,
    hosts,
    queues,
    redact: redact.length > 0 ? (value) => redactKeys(value, redact) : undefined,
    listSchedules: () => listSchedules(broker, { redact }),
    runSchedule: (queue, name) => runNow(broker, queue, name),
  }).catch(async (error: unknown) => {
    await broker.close();
    throw error;
  });
  return { fetch, handle: createNodeListener(fetch), close: broker.close, [Symbol.asyncDispose]: broker.close };
}

/** The id of the run, or undefined where the schedule is gone. */
async function runNow(broker: Broker, queue: string, name: string): Promise<string | undefined> {
  try {
    return (await runSchedule(broker, name, { queue, by: "the dashboard", reason: null })).id;
  } catch (error) {
    if (error instanceof TaskqError && error.code === "SCHEDULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** Without a slash at its end: nothing for the root. */
function checkPath(prefix: string): string {
  const path = prefix.replace(/\/+$/, "");
  if (path === "" || /^(?:\/[\w.~-]+)+$/.test(path)) return path;
  throw new TaskqError("USAGE", `the dashboard's prefix must be a path such as "/admin/jobs", not "${prefix}"`, {
    hint: "The prefix of the broker's keys is `prefix` in the config, or TASKQ_PREFIX.",
  });
}
