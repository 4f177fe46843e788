import { loadConfig } from "./config/load.ts";
import { type Dashboard, type DashboardSettings, openDashboard } from "./service/dashboard.ts";

export type { Dashboard } from "./service/dashboard.ts";

export interface DashboardOptions extends DashboardSettings {
  /** The folder of `taskq.config.ts`; without that file the defaults hold. Default: the working folder. */
  readonly cwd?: string;
  /** Another config file. */
  readonly config?: string;
  /** Overrides the config's broker. */
  readonly broker?: string;
}

/** The dashboard, for an application to mount behind its own login. Needs `@bull-board/api` and `@bull-board/ui`. */
export async function createDashboard(options: DashboardOptions = {}): Promise<Dashboard> {
  const { cwd = process.cwd(), config: file, broker, ...settings } = options;
  const config = await loadConfig({ cwd, file, flags: { broker }, required: false });
  return openDashboard(config, settings);
}
