import { beyondCloseMs } from "./beyond-close.ts";
import type { Service, ServiceOptions } from "./parts.ts";
import { joinPool } from "./pool/membership.ts";
import { startService } from "./service.ts";
import { watchShell } from "./shell.ts";
import { listenToSignals, type SignalHandlers } from "./signals.ts";
import { listenToStrayErrors } from "./stray-errors.ts";

/** Prepares and runs a service until it has closed, by itself or because it was asked to. Resolves with the exit code. */
export function runUntilClosed(prepare: () => Promise<ServiceOptions>, isInPool = false): Promise<number> {
  const closing = new AbortController();
  let options: ServiceOptions | undefined;
  let isUp = false;
  let isQuiet = false;

  return new Promise((resolve, reject) => {
    // What is asked before all is up takes effect as soon as it is.
    const ask = (what: (service: Service) => void) => void starting.then(what).catch(() => {});
    const handlers: SignalHandlers = {
      close(reason) {
        if (closing.signal.aborted) return;
        closing.abort(reason);
        if (!options)
          resolve(0); // nothing was opened
        else if (!isUp) setTimeout(giveUp, options.config.shutdownTimeoutMs + beyondCloseMs, options);
      },
      hurry: () => ask((service) => service.hurry()),
      exit: resolve,
      quiet() {
        isQuiet = true;
        ask((service) => service.quiet());
      },
      resume() {
        isQuiet = false;
        ask((service) => service.resume());
      },
      report: () => ask((service) => service.report()),
      restart: () => warn(noPool),
    };
    listenToSignals(handlers);
    const membership = isInPool ? joinPool(handlers) : undefined;
    const stopWatching = isInPool ? () => {} : watchShell(() => handlers.close("the shell that started it is gone"));
    const stopCatching = listenToStrayErrors(
      (what) => ask((service) => service.fail(`nobody caught an error: ${what}`)),
      warn,
    );

    function warn(message: string): void {
      void preparing.then(({ onEvent }) => onEvent({ type: "warning", message })).catch(() => {});
    }

    /** A startup file, or the broker, that does not answer holds up a start for long, or for ever. */
    function giveUp({ onEvent }: ServiceOptions): void {
      onEvent({ type: "warning", message: `${closing.signal.reason}: it ends although its start has not` });
      resolve(1);
    }

    const preparing = prepare();
    const starting = preparing.then((prepared) => {
      closing.signal.throwIfAborted();
      options = prepared;
      membership?.checked();
      const { signal: closeSignal } = closing;
      const onRecycle = () => membership?.recycling();
      return startService({ ...options, isQuiet: () => isQuiet, closeSignal, onRecycle });
    });
    starting
      .then((service) => {
        isUp = true;
        if (!closing.signal.aborted) membership?.started(service);
        return service.ended;
      })
      .then(resolve, reject)
      .finally(() => {
        membership?.leave();
        stopWatching();
        stopCatching();
      });
  });
}

const noPool = "SIGHUP restarts a pool: send it to the parent of one that --processes started";
