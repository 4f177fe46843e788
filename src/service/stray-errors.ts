import { failOwner } from "../runner/attempt/stray-error.ts";
import { describe } from "../runner/end/describe.ts";
import { tellHook } from "./hooks/current-hook.ts";

/**
 * Listens to rejections and exceptions that nobody caught, which else end the process and all its jobs with it. A job whose
 * handler left one fails; one of a hook is told as its failure; one of a job that has ended, and one that is nobody's, is told with the
 * place it comes from. Returns how to stop listening.
 */
export function listenToStrayErrors(onUnowned: (what: string) => void, onLate: (what: string) => void): () => void {
  const onStray = (thrown: unknown) =>
    void (failOwner(thrown, onLate) || tellHook(thrown) || onUnowned(describe(thrown)));
  process.on("unhandledRejection", onStray).on("uncaughtException", onStray);
  return () => process.off("unhandledRejection", onStray).off("uncaughtException", onStray);
}
