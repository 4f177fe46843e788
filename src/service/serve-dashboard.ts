import type { HttpAddress, ResolvedConfig } from "../definition/resolved-config.ts";
import { createDashboardServer } from "../serve/dashboard/dashboard-server.ts";
import { isLoopback } from "../serve/is-loopback.ts";
import { refuseOpenDoor } from "../serve/refuse-open-door.ts";
import { type DashboardSettings, openDashboard } from "./dashboard.ts";

export interface DashboardServerSettings extends Omit<DashboardSettings, "token" | "hosts"> {
  readonly address: HttpAddress;
  /** Hosts that a proxy passes on. */
  readonly allowHosts: readonly string[];
}

export interface ServedDashboard {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The dashboard on a port of its own. */
export async function serveDashboard(
  config: ResolvedConfig,
  { address, allowHosts, ...settings }: DashboardServerSettings,
): Promise<ServedDashboard> {
  const { dashboardToken: token } = config;
  refuseOpenDoor({
    ...address,
    token,
    danger: "read every job",
    hint: "Set TASKQ_DASHBOARD_TOKEN, or `dashboardToken` in the config, or listen on 127.0.0.1.",
  });
  // Beyond loopback only the operator knows its names; the token stands in the way of strangers.
  const hosts = isLoopback(address.host) || allowHosts.length > 0 ? allowHosts : undefined;
  const dashboard = await openDashboard(config, { ...settings, token, hosts });
  const server = await createDashboardServer({ ...address, handle: dashboard.handle }).catch(async (error: unknown) => {
    await dashboard.close();
    throw error;
  });
  return {
    url: `${server.address}${(settings.prefix ?? "").replace(/\/+$/, "")}/`,
    async close() {
      await server.close();
      await dashboard.close();
    },
  };
}
