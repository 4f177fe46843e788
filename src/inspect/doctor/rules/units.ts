import type { Rule } from "../finding.ts";
import type { Unit } from "../read-units.ts";

/** What a worker takes beyond its `shutdownTimeout`, and a little for a busy machine. */
const beyondMs = 5_000;

/** Whether systemd leaves workers the time that they have to close. */
export const judgeUnits: Rule<readonly Unit[]> = (units) =>
  units.map(({ name, isOfUser, timeoutStopMs, shutdownTimeoutMs }) => {
    const what = `unit ${name}: TimeoutStopSec is ${timeoutStopMs / 1_000} s, shutdownTimeout ${shutdownTimeoutMs / 1_000} s`;
    const neededMs = shutdownTimeoutMs + beyondMs;
    if (timeoutStopMs >= neededMs) return { level: "ok", check: "systemd", what, why: null, fix: null };
    return {
      level: "warning",
      check: "systemd",
      what,
      why: "systemd kills a worker before it has put its jobs back: they count as interrupted",
      fix: `systemctl ${isOfUser ? "--user " : ""}edit ${name}, with TimeoutStopSec=${Math.ceil(neededMs / 1_000)} under [Service]`,
    };
  });
