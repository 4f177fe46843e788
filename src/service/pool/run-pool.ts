import type { NotifyEnvironment } from "../../config/notify-environment.ts";
import { watchShell } from "../shell.ts";
import { listenToSignals } from "../signals.ts";
import { createPool, type PoolOptions } from "./pool.ts";
import { openPoolHttp } from "./pool-http.ts";
import { poolSystemd } from "./pool-systemd.ts";

export interface RunPoolOptions extends Omit<PoolOptions, "onReady"> {
  readonly systemd: NotifyEnvironment | undefined;
}

/** Runs a pool until all its processes have ended. Resolves with the exit code. */
export async function runPool({ systemd: environment, ...options }: RunPoolOptions): Promise<number> {
  const http = await openPoolHttp(options.config, () => pool);
  const systemd = await poolSystemd(environment, () => pool.health(), options.onEvent);
  const pool = createPool({
    ...options,
    onReady: () => systemd?.ready(),
    onEvent(event) {
      options.onEvent(event);
      if (event.type === "poolClosing") systemd?.closing(event.timeoutMs);
    },
  });

  let forced: number | undefined;

  const code = await new Promise<number>((resolve) => {
    listenToSignals({
      close: pool.close,
      hurry: () => pool.tellAll({ type: "hurry" }),
      exit(code) {
        forced = code;
        pool.kill(); // no child outlives its parent
      },
      quiet: pool.quiet,
      resume: pool.resume,
      report: () => pool.tellAll({ type: "report" }),
      restart: pool.restart,
    });
    const stopWatching = watchShell(() => pool.close("the shell that started it is gone"));
    pool.start();
    void pool.ended.then((code) => {
      stopWatching();
      resolve(forced ?? code);
    });
  });
  await Promise.all([systemd?.end(), http?.close()]);
  return code;
}
