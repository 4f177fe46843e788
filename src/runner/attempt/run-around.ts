import type { JobContext } from "../../definition/context.ts";
import type { Hooks } from "../../definition/hooks.ts";
import { TaskqError } from "../../errors.ts";

/**
 * Runs a handler inside the config's hook. The result is the handler's; an error that the hook catches is caught, and one of
 * its own fails the attempt. Both have ended when this does, also where the hook did not wait for `next`.
 */
export async function runAround(
  around: NonNullable<Hooks["aroundJob"]>,
  context: JobContext,
  run: () => unknown,
): Promise<unknown> {
  let running: Promise<unknown> | undefined;
  let hasEnded = false;
  let misuse: TaskqError | undefined;
  let isOver = false;

  const next = (): Promise<unknown> => {
    if (isOver)
      throw new TaskqError("HOOK_FAILED", "the hook aroundJob called next after it had ended: the handler did not run");
    if (running) {
      misuse = new TaskqError("HOOK_FAILED", "the hook aroundJob called next twice: the handler ran once");
      throw misuse;
    }
    running = (async () => run())();
    const end = () => {
      hasEnded = true;
    };
    running.then(end, end);
    return running;
  };

  let result: unknown;
  try {
    await around(context, next);
    if (hasEnded) result = await running!.catch(() => undefined);
  } finally {
    isOver = true;
    // Also behind an error of the hook: a handler that still runs holds its place.
    if (running && !hasEnded) result = await running;
  }
  if (misuse) throw misuse;
  if (!running) throw new TaskqError("HOOK_FAILED", "the hook aroundJob ended without next: the handler did not run");
  return result;
}
