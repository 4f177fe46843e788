import { type Check, checkShape } from "../definition/check-shape.ts";
import { checks } from "../definition/checks.ts";
import type { TelemetrySettings } from "../definition/config.ts";

const telemetryChecks: { readonly [Key in keyof Required<TelemetrySettings>]: Check } = {
  tracerName: checks.text,
  meterName: checks.text,
  version: checks.text,
  metrics: checks.flag,
};

/** The problems of `telemetry`: `true`, `false`, or an object that says more. */
export function checkTelemetry(value: unknown, path: string): string[] {
  return typeof value === "boolean" ? [] : checkShape(value, path, telemetryChecks);
}
