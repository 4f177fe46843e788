import { takeNotifyEnvironment } from "../config/notify-environment.ts";
import { matchesAny } from "../definition/matches.ts";
import type { Catalog } from "../discovery/catalog.ts";
import { TaskqError } from "../errors.ts";
import { defineCommand } from "./command.ts";

interface Options {
  readonly queue?: readonly string[];
  readonly excludeQueue?: readonly string[];
  readonly burst?: boolean;
  readonly schedules: boolean;
  readonly name?: string;
  readonly allowEviction?: boolean;
  readonly shareQueue?: readonly string[];
  readonly log?: string;
}

export default defineCommand<Options>({
  usage: "run-worker",
  summary: "Run workers for the queues of this project",
  examples: ["taskq run-worker", "taskq run-worker --queue 'mail*' --concurrency 20", "taskq run-worker --burst"],
  options: [
    { flags: "--queue <glob...>", description: "only these queues" },
    { flags: "--exclude-queue <glob...>", description: "all but these queues" },
    { flags: "--concurrency <n or queue=n...>", description: "jobs at once, of every queue or of one" },
    { flags: "--burst", description: "end when nothing is left to do; 1 if a job failed; implies --no-schedules" },
    { flags: "--no-schedules", description: "leave the schedules in the broker as they are" },
    { flags: "--shutdown-timeout <time>", description: "the whole time to close in (default: 25s)" },
    { flags: "--http <[host:]port>", description: "serve probes and metrics there (default host: 127.0.0.1)" },
    { flags: "--name <name>", description: "what `worker list` calls this process (default: <host>-<pid>)" },
    { flags: "--log <pretty or json>", description: "how the log looks (default: pretty on a terminal)" },
    { flags: "--allow-eviction", description: "start although the broker may delete jobs when its memory is full" },
    { flags: "--share-queue <glob...>", description: "work on these queues although another program does too" },
  ],

  async run({ project, output, flags }, _args, options) {
    const { burst = false, schedules, name, allowEviction = false, shareQueue: shareQueues = [] } = options;
    const systemd = takeNotifyEnvironment();
    const format = chooseFormat(options.log, output.isTerminal && !flags.json);
    const [{ runUntilClosed }, { createLog }] = await Promise.all([
      import("../service/run-until-closed.ts"),
      import("./log.ts"),
    ]);

    return runUntilClosed(async () => {
      const { config, catalog } = await project();
      const queues = selectQueues(catalog, options);
      const { style } = output.look;
      const onEvent = createLog({ fd: 1, format, style, verbose: flags.verbose === true, logger: config.logger });
      for (const { message, file } of catalog.warnings) onEvent({ type: "warning", message: `${file}: ${message}` });
      const start = { schedules: schedules && !burst, burst, allowEviction, shareQueues, name, systemd };
      return { config, catalog, queues, ...start, onEvent };
    });
  },
});

function selectQueues({ queues }: Catalog, { queue, excludeQueue = [] }: Options): string[] {
  const selected = queues.filter((name) => (!queue || matchesAny(name, queue)) && !matchesAny(name, excludeQueue));
  if (selected.length > 0) return selected;
  const said = [...(queue ?? []), ...excludeQueue.map((glob) => `not ${glob}`)].join(", ");
  throw new TaskqError("QUEUE_NOT_FOUND", `no queue fits ${said}`, {
    hint: `The queues of this project are ${queues.join(", ") || "none"}.`,
  });
}

function chooseFormat(said: string | undefined, isTerminal: boolean): "pretty" | "json" {
  if (said === undefined) return isTerminal ? "pretty" : "json";
  if (said === "pretty" || said === "json") return said;
  throw new TaskqError("USAGE", `--log must be pretty or json, not "${said}"`);
}
