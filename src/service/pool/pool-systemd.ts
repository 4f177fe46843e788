import type { NotifyEnvironment } from "../../config/notify-environment.ts";
import type { OnEvent } from "../../runner/events.ts";
import type { Systemd } from "../../serve/systemd.ts";
import { freshReports } from "./fresh-reports.ts";
import type { PoolHealth } from "./pool-health.ts";

/** The parent of a pool speaks to systemd for all its children; nothing where systemd did not start it. */
export async function poolSystemd(
  environment: NotifyEnvironment | undefined,
  health: () => PoolHealth,
  onEvent: OnEvent,
): Promise<Systemd | undefined> {
  if (!environment) return undefined;
  const { createSystemd } = await import("../../serve/systemd.ts");
  const reports = () => freshReports(health());

  /** One child whose loop turns and whose broker answers is enough: a job that blocks another one is no reason to kill all. */
  async function ping(): Promise<undefined> {
    if (reports().every(({ reason }) => reason === "broker is not answering")) throw new Error("no child is well");
  }
  return createSystemd({
    environment,
    active: () => reports().reduce((sum, { status }) => sum + status.active.length, 0),
    countWaiting: ping, // the parent has no connection to count them with
    ping,
    onTrouble: (message) => onEvent({ type: "warning", message }),
  });
}
