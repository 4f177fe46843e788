import { showJob } from "../../inspect/job.ts";
import { renderJob } from "../../render/job/job.ts";
import { type CommandContext, defineCommand } from "../program/command.ts";

interface Options {
  readonly queue?: string;
  readonly definition?: boolean;
}

export default defineCommand<Options>({
  usage: "job show <id>",
  summary: "Show one job: its state, args, result, error and log",
  examples: [
    "taskq job show 4c7d1p0wq2x9k3aa",
    "taskq job show 4c7d1p0wq2x9k3aa --json",
    "taskq job show accounts.sendWelcomeEmail --definition",
  ],
  options: [
    { flags: "--queue <queue>", description: "where two queues hold the id, or one that taskq has not met" },
    { flags: "--definition", description: "of a job's name: what the project says of it; needs no broker" },
  ],

  async run(context, [id], { queue, definition }) {
    if (definition) return showDefinition(context, id!);
    const { broker, config, output, nowMs } = context;
    const { redact } = await config();
    const job = await showJob(await broker(), id!, queue, redact);
    output.data(job, (look) => renderJob(job, { ...look, nowMs: nowMs() }));
    return 0;
  },
});

async function showDefinition({ project, output }: CommandContext, name: string): Promise<number> {
  const [{ describeJob }, { renderJobDefinition }] = await Promise.all([
    import("../../inspect/job-definition.ts"),
    import("../../render/job/definition.ts"),
  ]);
  const { config, catalog } = await project();
  const detail = describeJob(config, catalog, catalog.job(name));
  output.data(detail, (look) => renderJobDefinition(detail, look));
  return 0;
}
