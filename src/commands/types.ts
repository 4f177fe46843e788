import { resolve } from "node:path";
import { renderTypesFiles } from "../render/types-files.ts";
import { defineCommand } from "./program/command.ts";

interface Options {
  readonly output?: string;
  readonly check?: boolean;
}

export default defineCommand<Options>({
  usage: "types",
  summary: "Write the types and the manifest with which an application enqueues by name",
  examples: ["taskq types", "taskq types --output ../web/src", "taskq types --check"],
  options: [
    { flags: "--output <folder>", description: "where they are written (default: beside the config)" },
    { flags: "--check", description: "write nothing; end with 1 if a file is not up to date" },
  ],

  async run({ project, output }, _args, { output: folder, check = false }) {
    const { config, catalog } = await project();
    const { writeTypes } = await import("../scaffold/types.ts");
    const files = writeTypes(config, catalog, { folder: folder ? resolve(folder) : config.root, check });
    output.data(files, ({ style }) => renderTypesFiles(files, style));
    return files.some(({ state }) => state === "stale" || state === "missing") ? 1 : 0;
  },
});
