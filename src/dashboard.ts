import { checkHttpToken } from "./config/check-http-token.ts";
import { loadConfig } from "./config/load.ts";
import { TaskqError } from "./errors.ts";
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
  // Such as a variable that is not set: a door that was meant to be locked must not stand open.
  const problem = "token" in settings ? checkHttpToken(settings.token, "token")[0] : undefined;
  if (problem) throw new TaskqError("USAGE", problem);
  const config = await loadConfig({ cwd, file, flags: { broker }, required: false });
  return openDashboard(config, settings);
}
