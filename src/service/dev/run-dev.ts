import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { OnEvent } from "../../runner/events.ts";
import { createChild } from "../pool/child.ts";
import { childTimes } from "../pool/child-times.ts";
import { watchShell } from "../shell.ts";
import { listenToSignals } from "../signals.ts";
import { createDev } from "./dev.ts";
import { watchFiles } from "./watch-files.ts";

export interface RunDevOptions {
  readonly config: ResolvedConfig;
  /** The command line of the worker, after the program's name. */
  readonly words: readonly string[];
  /** Variables that the worker gets beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
  readonly onEvent: OnEvent;
}

/** Runs a worker that follows the files of its project, until it is asked to end. Resolves with the exit code. */
export async function runDev({ config, words, env, onEvent }: RunDevOptions): Promise<number> {
  const dev = createDev({
    launch: () =>
      createChild({
        seat: 1,
        words,
        env,
        ...childTimes(config),
        onKilled: ({ seat, pid }, afterMs, late) => onEvent({ type: "childKilled", seat, pid, afterMs, late }),
      }),
    onEvent,
  });
  let forced: number | undefined;

  listenToSignals({
    close: dev.close,
    hurry: () => dev.tell({ type: "hurry" }),
    exit(code) {
      forced = code;
      dev.kill();
    },
    quiet: () => dev.quiet(true),
    resume: () => dev.quiet(false),
    report: () => dev.tell({ type: "report" }),
    restart: () => dev.changed([]),
  });
  const stopWatchingShell = watchShell(() => dev.close("the shell that started it is gone"));
  const unwatched = (reason: string) => onEvent({ type: "warning", message: `some files are not watched: ${reason}` });
  // The first look at a large project takes a while: who is asked to end meanwhile does not wait for it.
  const watching = watchFiles(config.root, dev.changed, unwatched);
  const watch = await Promise.race([watching, dev.ended.then(() => undefined)]);
  dev.start();
  const code = await dev.ended;
  stopWatchingShell();
  await watch?.close();
  return forced ?? code;
}
