import { checkQueue } from "../client/enqueue-queue.ts";
import { takeNotifyEnvironment } from "../config/notify-environment.ts";
import { poolSeat } from "../config/pool-seat.ts";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import { TaskqError } from "../errors.ts";
import { memberName } from "../service/pool/member-name.ts";
import { defineCommand } from "./program/command.ts";
import { type LimitFlags, parseLimits } from "./run-worker/limits.ts";
import { parseProcesses } from "./run-worker/processes.ts";

interface Options extends LimitFlags {
  readonly queue?: readonly string[];
  readonly excludeQueue?: readonly string[];
  readonly concurrency?: readonly string[];
  readonly processes?: string;
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
  examples: [
    "taskq run-worker",
    "taskq run-worker --queue 'mail*' --concurrency 20",
    "taskq run-worker --processes max",
    "taskq run-worker --burst",
  ],
  options: [
    { flags: "--queue <glob...>", description: "only these queues" },
    { flags: "--exclude-queue <glob...>", description: "all but these queues" },
    { flags: "--concurrency <n or queue=n...>", description: "jobs at once, of every queue or of one" },
    {
      flags: "--processes <n or max>",
      description: "a pool of so many processes; max: one for each processor",
      choices: ["max"],
    },
    { flags: "--burst", description: "end when nothing is left to do; 1 if a job failed; implies --no-schedules" },
    { flags: "--no-schedules", description: "leave the schedules in the broker as they are" },
    { flags: "--max-jobs <n>", description: "close after so many jobs; in a pool a fresh process follows" },
    { flags: "--max-time <time>", description: "the same after such a time" },
    { flags: "--max-memory <size>", description: "the same when the process uses so much, such as 512mb" },
    { flags: "--shutdown-timeout <time>", description: "the whole time to close in (default: 25s)" },
    { flags: "--http <[host:]port>", description: "serve probes and metrics there (default host: 127.0.0.1)" },
    { flags: "--name <name>", description: "what `worker list` calls this process (default: <host>-<pid>)" },
    {
      flags: "--log <pretty or json>",
      description: "how the log looks (default: pretty on a terminal)",
      choices: ["pretty", "json"],
    },
    { flags: "--allow-eviction", description: "start although the broker may delete jobs when its memory is full" },
    { flags: "--share-queue <glob...>", description: "work on these queues although another program does too" },
  ],

  async run({ config: load, project, output, flags }, _args, options) {
    const { burst = false, schedules, allowEviction = false, shareQueue: shareQueues = [] } = options;
    const systemd = takeNotifyEnvironment();
    const format = chooseFormat(options.log, output.isTerminal && !flags.json);
    const limits = parseLimits(options);
    const processes = parseProcesses(options.processes);
    const seat = poolSeat.take();
    const worker = processes === undefined ? undefined : memberName(options.name, seat);
    const { createLog } = await import("./log/log.ts");
    const log = ({ logger }: ResolvedConfig) =>
      createLog({ fd: 1, format, style: output.look.style, verbose: flags.verbose === true, worker, logger });

    if (processes !== undefined && seat === undefined) {
      const { runPool } = await import("../service/pool/run-pool.ts");
      const config = await load();
      return runPool({ config, processes, isBurst: burst, systemd, onEvent: log(config) });
    }
    const [{ runUntilClosed }, { selectQueues }] = await Promise.all([
      import("../service/run-until-closed.ts"),
      import("../service/select-queues.ts"),
    ]);
    return runUntilClosed(async () => {
      const { config, catalog } = await project();
      for (const said of options.concurrency ?? []) checkQueue(catalog, /^(.*)=/s.exec(said)?.[1]);
      const onEvent = log(config);
      const warnings = seat === undefined || seat === 1 ? catalog.warnings : []; // each child would say the same
      for (const { message, file } of warnings) onEvent({ type: "warning", message: `${file}: ${message}` });
      return {
        config,
        catalog,
        queues: selectQueues(catalog, { only: options.queue, without: options.excludeQueue, shared: shareQueues }),
        schedules: schedules && !burst,
        burst,
        allowEviction,
        shareQueues,
        name: worker ?? options.name,
        systemd,
        onEvent,
        limits,
        isInPool: seat !== undefined,
      };
    }, seat !== undefined);
  },
});

function chooseFormat(said: string | undefined, isTerminal: boolean): "pretty" | "json" {
  if (said === undefined) return isTerminal ? "pretty" : "json";
  if (said === "pretty" || said === "json") return said;
  throw new TaskqError("USAGE", `--log must be pretty or json, not "${said}"`);
}
