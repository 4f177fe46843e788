import { listenToSignals } from "../signals.ts";
import { createPool, type PoolOptions } from "./pool.ts";

/** Runs a pool until all its processes have ended. Resolves with the exit code. */
export function runPool(options: PoolOptions): Promise<number> {
  const pool = createPool(options);

  return new Promise((resolve) => {
    const stopListening = listenToSignals({
      close: pool.close,
      hurry: () => pool.tellAll({ type: "hurry" }),
      // No child outlives its parent.
      exit(code) {
        pool.kill();
        void pool.ended.then(() => resolve(code));
      },
      quiet: pool.quiet,
      resume: pool.resume,
      report: () => pool.tellAll({ type: "report" }),
      restart: pool.restart,
    });
    pool.start();
    void pool.ended.then(resolve).finally(stopListening);
  });
}
