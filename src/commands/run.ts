import { renderJson } from "../render/json.ts";
import { readArgs } from "./args/args.ts";
import { defineCommand } from "./program/command.ts";

interface Options {
  readonly args?: string;
}

export default defineCommand<Options>({
  usage: "run <job> [key=value...]",
  summary: "Run one job in this process, without a broker",
  examples: [
    "taskq run accounts.sendWelcomeEmail userId=42",
    `taskq run accounts.sendWelcomeEmail --args '{"userId": "42"}'`,
  ],
  options: [
    { flags: "--args <json>", description: "a JSON object, @file, or - for standard input; key=value wins over it" },
  ],

  async run({ project, output, flags, interrupted, readStdin }, [name, ...words], { args: text }) {
    const { config, catalog } = await project();
    const job = catalog.job(name!);
    const args = await readArgs(text, words, readStdin);
    const [{ runJob }, { createLog }] = await Promise.all([
      import("../service/one-job/run-job.ts"),
      import("./log/log.ts"),
    ]);

    const onEvent = createLog({
      fd: 2,
      format: flags.json ? "json" : "pretty",
      style: output.look.style,
      verbose: flags.verbose === true,
      logger: config.logger,
    });
    const result = await runJob({ config, catalog, job, args, onEvent, signal: interrupted() });
    output.data(result ?? null, () => renderJson(result ?? null));
    return 0;
  },
});
