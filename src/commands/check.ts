import { TaskqError } from "../errors.ts";
import { renderCheck } from "../render/check.ts";
import { defineCommand } from "./program/command.ts";

export default defineCommand({
  usage: "check",
  summary: "Check the config and every job file; needs no broker",
  examples: ["taskq check", "taskq check --json"],

  async run({ config, output, flags }) {
    const [{ discover }, { createLoader }, { toCheckReport, toRefusal }] = await Promise.all([
      import("../discovery/discover.ts"),
      import("../loader/loader.ts"),
      import("../inspect/check-report.ts"),
    ]);
    const report = await config().then(
      async (loaded) => toCheckReport(await discover(loaded, createLoader(loaded.root)), loaded),
      (error) => {
        if (!flags.json || !(error instanceof TaskqError)) throw error;
        return toRefusal(error);
      },
    );
    output.data(report, (look) => renderCheck(report, look));
    return report.errors.length > 0 ? 2 : 0;
  },
});
