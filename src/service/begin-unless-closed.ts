import { setTimeout as wait } from "node:timers/promises";
import { begin } from "./begin.ts";
import type { Identity } from "./identity.ts";
import type { Parts, Service, ServiceOptions } from "./parts.ts";

/** So long what is under way may come to its end by itself: a sync that is cut off would leave its lock behind. */
const momentMs = 2_000;

/** Begins, and closes the service when it is asked to: when that is before all is up, no job is taken. */
export async function beginUnlessClosed(
  options: ServiceOptions,
  parts: Parts,
  identity: Identity,
  service: Service,
): Promise<void> {
  const { closeSignal } = options;
  const begun = begin(options, parts, identity);
  if (!closeSignal) return begun;
  let isUp = false;

  const closed = new Promise<void>((resolve) => {
    async function close(): Promise<void> {
      if (!isUp) parts.runner.finish();
      const goesOn = begun.then(
        () => true,
        () => false, // then it is taken apart already
      );
      if (await Promise.race([goesOn, wait(momentMs, true, { ref: false })]))
        service.close(String(closeSignal!.reason));
      resolve();
    }
    if (closeSignal.aborted) void close();
    else closeSignal.addEventListener("abort", () => void close(), { once: true });
  });
  await Promise.race([begun, closed]);
  isUp = true;
}
