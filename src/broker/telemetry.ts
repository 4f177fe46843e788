// By another name: bundles often begin with a `createRequire` of their own.
import { createRequire as requireFrom } from "node:module";
import { pathToFileURL } from "node:url";
import type { Span, Telemetry } from "bullmq";
import type { TelemetrySettings } from "../definition/config.ts";
import { TaskqError } from "../errors.ts";

/** How calls and workers tell OpenTelemetry what they do. */
export interface Telemetries {
  readonly ofQueues: Telemetry;
  readonly ofWorkers: Telemetry;
}

const packageName = "bullmq-otel";

/** Loads the project's own bullmq-otel: it is no dependency of taskq. */
export async function loadTelemetry(
  { tracerName = "taskq", meterName = "taskq", version, metrics = false }: TelemetrySettings,
  root: string,
): Promise<Telemetries> {
  const file = find(root);
  const { BullMQOtel } = await import(/* webpackIgnore: true */ /* @vite-ignore */ pathToFileURL(file).href);
  const telemetry: Telemetry = new BullMQOtel({ tracerName, meterName, version, enableMetrics: metrics });
  const { tracer, contextManager, meter } = telemetry;
  const contexts: Telemetry["contextManager"] = {
    with: (context, run) => contextManager.with(context, run),
    active: () => contextManager.active(),
    getMetadata: (context) => contextManager.getMetadata(context),
    /** Any producer may have written it, and what it throws would leave the job active for ever. */
    fromMetadata(context, metadata) {
      try {
        return contextManager.fromMetadata(context, metadata);
      } catch {
        return context;
      }
    },
  };
  return {
    ofQueues: { tracer, contextManager: contexts, ...(meter && { meter }) },
    ofWorkers: {
      tracer: {
        startSpan: (name, ...rest) => (isOfJob(name) ? tracer.startSpan(name, ...rest) : silent),
      },
      // A retry keeps the trace of its enqueue call, and each tick of a schedule begins one: with the metadata of the tick before,
      // all of them would be one trace.
      contextManager: { ...contexts, getMetadata: () => "" },
      ...(meter && { meter }),
    },
  };
}

function find(root: string): string {
  try {
    return requireFrom(`${root}/`).resolve(packageName);
  } catch {
    throw new TaskqError("CONFIG_INVALID", `telemetry needs the package ${packageName}, which is not installed`, {
      hint: `Run \`npm install ${packageName}\`, or take \`telemetry\` out of the config.`,
    });
  }
}

/** What BullMQ's worker does by itself, such as looking for jobs, would be a trace of its own every few seconds. */
function isOfJob(span: string): boolean {
  return !/^(?:add|getNextJob|startStalledCheckTimer|moveStalledJobsToWait|extendLocks|rateLimit|pause|resume|close)\b/.test(
    span,
  );
}

const silent: Span<unknown> = {
  setSpanOnContext: (context) => context,
  setAttribute() {},
  setAttributes() {},
  addEvent() {},
  recordException() {},
  end() {},
};
