import type { HttpAddress, ResolvedConfig } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";
import { runDev } from "../service/dev/run-dev.ts";
import { type ServedDashboard, serveDashboard } from "../service/serve-dashboard.ts";
import { dashboardAddress } from "./dashboard-address.ts";
import { createLog } from "./log/log.ts";
import { defineCommand, type GlobalFlags, type Output } from "./program/command.ts";

interface Options {
  readonly queue?: readonly string[];
  readonly concurrency?: readonly string[];
  readonly schedules: boolean;
  readonly dashboard: boolean;
}

export default defineCommand<Options>({
  usage: "dev",
  summary: "For a laptop: a worker that follows the files as they change, and the dashboard",
  examples: ["taskq dev", "taskq dev --no-dashboard --queue mail"],
  options: [
    { flags: "--queue <glob...>", description: "only these queues" },
    { flags: "--concurrency <n or queue=n...>", description: "jobs at once, of every queue or of one" },
    { flags: "--no-schedules", description: "leave the schedules in the broker as they are" },
    { flags: "--no-dashboard", description: "without the web page" },
  ],

  async run({ projectConfig, output, flags }, _args, options) {
    const said = await projectConfig();
    const config = said.isBrokerSaid ? said : { ...said, broker: "embedded" };
    const onEvent = createLog({
      fd: 1,
      format: "pretty",
      style: output.look.style,
      verbose: flags.verbose === true,
      logger: undefined,
    });
    if (!said.isBrokerSaid)
      output.note(
        "no broker is configured: an embedded one is used, in .taskq/; `--broker embedded` reaches it from another shell",
      );
    const dashboard = options.dashboard ? await openDashboard(config, output) : undefined;
    try {
      // As a variable, so that a client inside a handler finds it too.
      const env: Record<string, string> = said.isBrokerSaid ? {} : { TASKQ_BROKER_URL: config.broker };
      return await runDev({ config, words: toWords(flags, options), env, onEvent });
    } finally {
      await dashboard?.close();
    }
  },
});

/** The dashboard is a help, and no reason not to start. It acts on a broker that is this project's own, and shows any other. */
async function openDashboard(config: ResolvedConfig, output: Output): Promise<ServedDashboard | undefined> {
  const writable = config.broker === "embedded";
  const serve = (address: HttpAddress) => serveDashboard(config, { address, writable, allowHosts: [] });
  try {
    const dashboard = await serve(dashboardAddress).catch((error: unknown) => {
      if (error instanceof TaskqError && error.code === "HTTP_REFUSED") return serve({ ...dashboardAddress, port: 0 });
      throw error;
    });
    output.note(`dashboard: ${dashboard.url} (${writable ? "writable" : "read-only"})`);
    return dashboard;
  } catch (error) {
    if (!(error instanceof TaskqError && error.code === "PACKAGE_MISSING")) throw error;
    output.note(`without a dashboard: ${error.message}. ${error.hint}`);
    return undefined;
  }
}

/** The worker is a `run-worker` of its own, so that nothing of it is left when it is replaced. */
function toWords(flags: GlobalFlags, options: Options): string[] {
  return [
    "run-worker",
    ...["--log", "pretty"],
    ...(flags.broker === undefined ? [] : ["--broker", flags.broker]),
    ...(flags.config === undefined ? [] : ["--config", flags.config]),
    ...(flags.envFile === undefined ? [] : ["--env-file", flags.envFile]),
    ...(flags.color === undefined ? [] : [flags.color ? "--color" : "--no-color"]),
    ...(flags.verbose ? ["--verbose"] : []),
    ...(options.queue ? ["--queue", ...options.queue] : []),
    ...(options.concurrency ? ["--concurrency", ...options.concurrency] : []),
    ...(options.schedules ? [] : ["--no-schedules"]),
  ];
}
