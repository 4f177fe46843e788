import { renderTop } from "../render/top/top.ts";
import { defineCommand } from "./program/command.ts";
import { requireTerminal } from "./program/require-terminal.ts";

const everyMs = 1_000;

export default defineCommand({
  usage: "top [queue...]",
  summary: "A live screen: queues, jobs, workers and schedules; keys act on them",
  examples: ["taskq top", "taskq top 'mail*'", "taskq top --broker redis://10.0.0.5:6379"],

  async run({ broker, config, output, stdin, stdout, flags, nowMs, interrupted, atEnd }, patterns) {
    requireTerminal({ stdin, stdout, flags });
    const [{ runTop }, { readUser }] = await Promise.all([
      import("../screen/run-top.ts"),
      import("../client/read-user.ts"),
    ]);
    const resolved = await config();
    await runTop({
      broker: await broker("reconnecting"),
      config: resolved,
      redact: resolved.redact,
      by: readUser(),
      render: (view) => renderTop(view, output.look.style),
      signal: interrupted(),
      patterns,
      stdin,
      stdout,
      nowMs,
      everyMs,
      atEnd,
    });
    return 0;
  },
});
