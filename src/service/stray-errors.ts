import { maskSecrets } from "../definition/mask-url.ts";
import { failOwner } from "../runner/stray-error.ts";
import { toError } from "../runner/to-error.ts";

/**
 * Listens to rejections and exceptions that nobody caught, which else end the process and all its jobs with it. A job whose
 * handler left one fails; one that is nobody's is told, with the place it comes from. Returns how to stop listening.
 */
export function listenToStrayErrors(onUnowned: (what: string) => void): () => void {
  const onStray = (thrown: unknown) => void (failOwner(thrown) || onUnowned(describe(thrown)));
  process.on("unhandledRejection", onStray).on("uncaughtException", onStray);
  return () => process.off("unhandledRejection", onStray).off("uncaughtException", onStray);
}

function describe(thrown: unknown): string {
  const { message, stack = "" } = toError(thrown);
  const [place] = /^ +at .+$/m.exec(stack) ?? [];
  return maskSecrets(place ? `${message} (${place.trim()})` : message);
}
