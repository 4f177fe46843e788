import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { renderImported } from "../../render/schedule/imported-crontab.ts";
import { renderNotCarried } from "../../render/schedule/not-carried.ts";
import { defineCommand } from "../program/command.ts";
import type { ImportFlags } from "./import-target.ts";

interface Options extends ImportFlags {
  readonly system?: boolean;
  readonly timezone?: string;
  readonly force?: boolean;
}

export default defineCommand<Options>({
  usage: "schedule import <crontab>",
  summary: "Make a scheduled file of a crontab",
  examples: [
    "crontab -l | taskq schedule import -",
    "taskq schedule import /etc/crontab --domain ops --timezone Europe/Berlin",
    "taskq schedule import old.cron --write src/jobs/scheduled.ts",
  ],
  options: [
    { flags: "--domain <domain>", description: "write the scheduled.ts of this domain" },
    { flags: "--write <file>", description: "write this file instead of printing" },
    { flags: "--timezone <zone>", description: "of lines without CRON_TZ (default: the config's)" },
    { flags: "--system", description: "a user stands before each command, as in /etc/crontab" },
    { flags: "--force", description: "overwrite the file if it exists" },
  ],

  async run({ config, output, readStdin }, [path], { system = false, timezone, force = false, ...flags }) {
    const [{ importTarget }, { readCrontabFile }, { importCrontab }, { writeNewFile }] = await Promise.all([
      import("./import-target.ts"),
      import("./crontab-file.ts"),
      import("../../scaffold/crontab/import-crontab.ts"),
      import("../../scaffold/write-new-file.ts"),
    ]);
    const target = await importTarget(flags, process.cwd(), config);
    const imported = importCrontab(await readCrontabFile(path!, timezone, readStdin), {
      shown: path!,
      isSystem: system,
      timezone,
      isTypeScript: !/\.[cm]?js$/.test(target?.file ?? ""),
    });
    if (target) {
      mkdirSync(dirname(target.file), { recursive: true });
      writeNewFile(target.file, target.shown, imported.text, force);
    }
    const file = target?.shown ?? null;
    output.data({ file, ...imported }, () =>
      file === null ? imported.text.trimEnd() : renderImported(imported, file),
    );
    if (imported.notCarried.length > 0) output.note(renderNotCarried(imported.notCarried));
    return 0;
  },
});
