import { loadConfig } from "../config/load.ts";
import type { Logger } from "../definition/logger.ts";
import { loadCatalog } from "../discovery/load-catalog.ts";
import { createLoader } from "../loader/loader.ts";
import type { OnEvent } from "../runner/events.ts";
import { selectQueues } from "./select-queues.ts";
import { startService } from "./service.ts";

export interface RunnerOptions {
  /** The folder of `taskq.config.ts`. Default: the working folder. */
  readonly cwd?: string;
  /** Another config file. */
  readonly config?: string;
  /** Overrides the config's broker. */
  readonly broker?: string;
  /** Only these queues: names, or patterns with `*`. Default: all of the project. */
  readonly queues?: readonly string[];
  /** Jobs at once, of every queue. Default: what the config says. */
  readonly concurrency?: number;
  /** Whether it puts the project's schedules into the broker. Default true. */
  readonly schedules?: boolean;
  /** What `worker list` calls it. Default `<host>-<pid>`. */
  readonly name?: string;
  /** Whether to start although the broker may delete jobs when its memory is full. Default false. */
  readonly allowEviction?: boolean;
  /** Globs of queues to work on although another program does too. Default none. */
  readonly shareQueues?: readonly string[];
  /** Takes all events. Default: the config's; where it has none, warnings and errors become warnings of the process. */
  readonly logger?: Logger;
}

/** The workers of a project inside a process that does something else as well. */
export interface EmbeddedRunner extends AsyncDisposable {
  readonly state: () => "running" | "closing" | "closed";
  /** Takes no more, and resolves when all is closed: within the config's `shutdownTimeout` and two seconds. */
  readonly close: () => Promise<void>;
  /** Resolves when it has closed, also where it had to by itself; false where jobs or files were left in disorder. */
  readonly ended: Promise<boolean>;
}

/** Starts the one service that `run-worker` is, without its signal handlers and its listeners to errors that nobody caught. */
export async function embedRunner(
  options: RunnerOptions,
  createLog: (logger: Logger | undefined) => OnEvent,
): Promise<EmbeddedRunner> {
  const { cwd = process.cwd(), config: file, broker, queues, concurrency, schedules = true, name } = options;
  const flags = { broker, concurrency: concurrency === undefined ? undefined : [String(concurrency)] };
  const loaded = await loadConfig({ cwd, file, flags });
  const catalog = await loadCatalog(loaded, createLoader(loaded.root));
  const log = createLog(options.logger ?? loaded.logger);
  let state: "running" | "closing" | "closed" = "running";

  const service = await startService({
    // Whose an error is that nobody caught is of no use to know where nobody listens for one.
    config: { ...loaded, traceRejections: false },
    catalog,
    queues: selectQueues(catalog, { only: queues, shared: options.shareQueues }),
    schedules,
    burst: false,
    shareQueues: options.shareQueues ?? [],
    allowEviction: options.allowEviction ?? false,
    name,
    onEvent(event) {
      if (event.type === "closing") state = "closing";
      log(event);
    },
  });
  const ended = service.ended.then((code) => {
    state = "closed";
    return code === 0;
  });
  const close = async () => {
    service.close("its process asked for it");
    await ended;
  };
  return { state: () => state, close, ended, [Symbol.asyncDispose]: close };
}
