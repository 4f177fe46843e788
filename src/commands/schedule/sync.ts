import { renderScheduleChanges } from "../../render/schedule/changes.ts";
import { toChanges } from "../../schedule/changes.ts";
import { syncAll } from "../../schedule/sync-all.ts";
import { createIdentity } from "../../service/identity.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
}

export default defineCommand<Options>({
  usage: "schedule sync",
  summary: "Write the schedules of the files to the broker, and show what differed",
  examples: ["taskq schedule sync --dry-run", "taskq schedule sync --prune --json"],
  options: [
    { flags: "--dry-run", description: "only show the difference between files and broker" },
    { flags: "--prune", description: "remove those that are no longer declared" },
  ],

  async run({ project, broker, output }, _args, { dryRun = false, prune = false }) {
    const { config, catalog } = await project();
    const { release } = createIdentity(config, catalog, undefined);
    const plan = await syncAll(await broker(), { catalog, app: config.app, release, prune, dryRun });
    const synced = { dryRun, changes: toChanges(plan, config.redact), unchanged: plan.unchanged };
    output.data(synced, (look) => renderScheduleChanges(synced, look));
    return 0;
  },
});
