import { resolve } from "node:path";
import type { ShipOptions } from "../scaffold/read-facts.ts";
import { defineCommand } from "./program/command.ts";

interface Options extends ShipOptions {
  readonly output?: string;
  readonly force?: boolean;
}

export default defineCommand<Options>({
  usage: "generate <target>",
  summary: "Print a file to deploy with: systemd, procfile, dockerfile or kubernetes",
  choices: ["systemd", "procfile", "dockerfile", "kubernetes"],
  examples: [
    "taskq generate systemd --config dist/taskq.config.js --output shop.service",
    "taskq generate dockerfile --http 7433 > Dockerfile",
    "taskq generate kubernetes --name shop --http 7433 | kubectl apply -f -",
  ],
  options: [
    { flags: "--name <name>", description: "of the service (default: the config's app)" },
    { flags: "--user <user>", description: "systemd: who runs it (default: the name)" },
    { flags: "--directory <path>", description: "systemd: where the project lies there (default: /srv/<name>)" },
    { flags: "--processes <n or max>", description: "a pool of so many processes", choices: ["max"] },
    { flags: "--http <port>", description: "dockerfile, kubernetes: serve health there, with probes" },
    { flags: "--output <file>", description: "write this file instead of printing" },
    { flags: "--force", description: "overwrite the file if it exists" },
  ],

  async run({ config, output, flags }, [name], options) {
    const [{ findTarget }, { readFacts }, { writeNewFile }] = await Promise.all([
      import("../scaffold/targets.ts"),
      import("../scaffold/read-facts.ts"),
      import("../scaffold/write-new-file.ts"),
    ]);
    const target = findTarget(name!, options);
    const cwd = process.cwd();
    const text = target.generate(readFacts(cwd, await config(), flags.config, options));
    if (options.output) writeNewFile(resolve(cwd, options.output), options.output, text, options.force === true);

    const file = options.output ?? null;
    output.data({ target: name, file, text }, () => (file === null ? text.trimEnd() : `${file} is written`));
    if (target.note) output.note(target.note);
    return 0;
  },
});
