import { renderJson } from "../render/json.ts";
import { parseArgs } from "./args.ts";
import { defineCommand } from "./command.ts";

interface Options {
  readonly args?: string;
}

export default defineCommand<Options>({
  usage: "run <job>",
  summary: "Run one job in this process, without a broker",
  examples: [`taskq run accounts.sendWelcomeEmail --args '{"userId": "42"}'`],
  options: [{ flags: "--args <json>", description: "a JSON object, checked against the job's schema (default: {})" }],

  async run({ project, output, flags, interrupted }, [name], { args }) {
    const { config, catalog } = await project();
    const job = catalog.job(name!);
    const [{ runJob }, { createLog }] = await Promise.all([import("../service/run-job.ts"), import("./log.ts")]);

    const onEvent = createLog({
      fd: 2,
      format: flags.json ? "json" : "pretty",
      style: output.look.style,
      verbose: flags.verbose === true,
      logger: config.logger,
    });
    const result = await runJob({ config, catalog, job, args: parseArgs(args), onEvent, signal: interrupted() });
    output.data(result ?? null, () => renderJson(result ?? null));
    return 0;
  },
});
