import { renderInitFiles } from "../render/init-files.ts";
import { renderInitNext } from "../render/init-next.ts";
import { defineCommand } from "./program/command.ts";

interface Options {
  readonly dryRun?: boolean;
}

export default defineCommand<Options>({
  usage: "init",
  summary: "Write a first config and a first domain, with a job and a schedule; overwrites nothing",
  examples: ["taskq init", "taskq init --dry-run"],
  options: [{ flags: "--dry-run", description: "print what would be written, and write nothing" }],

  async run({ output }, _args, { dryRun = false }) {
    const [{ exampleFolder, readSetup }, { planInit }, { writePlanned }] = await Promise.all([
      import("../scaffold/init/read-setup.ts"),
      import("../scaffold/init/plan.ts"),
      import("../scaffold/init/write-planned.ts"),
    ]);
    const cwd = process.cwd();
    const setup = readSetup(cwd);
    const files = planInit(setup, exampleFolder);
    if (!dryRun) writePlanned(cwd, files);

    const told = files.map(({ path, text }) => ({ path, written: !dryRun && text !== undefined, text: text ?? null }));
    output.data(told, ({ style }) => renderInitFiles(files, dryRun, style));
    if (!dryRun) output.note(renderInitNext(files, setup.isInstalled));
    return 0;
  },
});
