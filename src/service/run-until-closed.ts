import type { ServiceOptions } from "./parts.ts";
import { startService } from "./service.ts";
import { listenToSignals } from "./signals.ts";
import { listenToStrayErrors } from "./stray-errors.ts";

/** Prepares and runs a service until it has closed, by itself or for a signal. Resolves with the exit code. */
export function runUntilClosed(prepare: () => Promise<ServiceOptions>): Promise<number> {
  const starting = prepare().then(startService);

  return new Promise((resolve, reject) => {
    // A signal that comes before all is up takes effect as soon as it is.
    const stopListening = listenToSignals({
      close: (signal) => void starting.then((service) => service.close(signal)).catch(() => {}),
      hurry: () => void starting.then((service) => service.hurry()).catch(() => {}),
      exit: resolve,
    });
    const stopCatching = listenToStrayErrors(
      (what) => void starting.then((service) => service.fail(`nobody caught an error: ${what}`)).catch(() => {}),
    );
    starting
      .then((service) => service.ended)
      .then(resolve, reject)
      .finally(() => {
        stopListening();
        stopCatching();
      });
  });
}
