import { renderCheck } from "../render/check.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  usage: "check",
  summary: "Check the config and every job file; needs no broker",
  examples: ["taskq check", "taskq check --json"],

  async run({ config, output }) {
    const loaded = await config();
    const [{ discover }, { createLoader }, { toCheckReport }] = await Promise.all([
      import("../discovery/discover.ts"),
      import("../loader/loader.ts"),
      import("../inspect/check-report.ts"),
    ]);
    const report = toCheckReport(await discover(loaded, createLoader(loaded.root)), loaded);
    output.data(report, (look) => renderCheck(report, look));
    return report.errors.length > 0 ? 2 : 0;
  },
});
