import { followLog, readLog } from "../../inspect/job-log.ts";
import { renderEnd, renderLogLine, renderLogLines } from "../../render/job/log.ts";
import { defineCommand } from "../program/command.ts";

interface Options {
  readonly follow?: boolean;
  readonly queue?: string;
}

export default defineCommand<Options>({
  usage: "job logs <id>",
  summary: "Show what a job has logged",
  examples: ["taskq job logs 4c7d1p0wq2x9k3aa", "taskq job logs 4c7d1p0wq2x9k3aa --follow"],
  options: [
    { flags: "-f, --follow", description: "and what it logs from now on, until it ends or Ctrl-C" },
    { flags: "--queue <queue>", description: "where two queues hold the id, or one that taskq has not met" },
  ],

  async run({ broker, output, interrupted }, [id], { follow, queue }) {
    if (!follow) {
      const lines = await readLog(await broker(), id!, queue);
      output.data(lines, () => renderLogLines(lines));
      return 0;
    }
    const onLine = (line: string) => output.data(line, () => renderLogLine(line));
    const end = await followLog(await broker(), id!, { queue, signal: interrupted(), onLine });
    if (end) output.note(renderEnd(end));
    return 0;
  },
});
