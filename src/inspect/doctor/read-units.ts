import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { promisify } from "node:util";
import type { LiveRunner } from "../../broker/store/runners.ts";
import { parseTimespan } from "./parse-timespan.ts";

/** A systemd unit in which workers run. */
export interface Unit {
  readonly name: string;
  /** Whether it is one of a user's own manager. */
  readonly isOfUser: boolean;
  /** How long systemd waits before it kills; infinite where it never does. */
  readonly timeoutStopMs: number;
  /** The longest of its workers. */
  readonly shutdownTimeoutMs: number;
}

const run = promisify(execFile);
const patienceMs = 2_000;

/** The units of the workers on this host. None where systemd does not run them, or cannot be asked. */
export async function readUnits(workers: readonly LiveRunner[]): Promise<Unit[]> {
  const here = workers.filter(({ host }) => host === hostname());
  const longest = new Map<string, number>();
  for (const { pid, shutdownTimeoutMs } of here) {
    const unit = readUnit(pid);
    if (unit !== undefined) longest.set(unit, Math.max(longest.get(unit) ?? 0, shutdownTimeoutMs));
  }
  const units = await Promise.all([...longest].map(([unit, shutdownTimeoutMs]) => ask(unit, shutdownTimeoutMs)));
  return units.filter((unit) => unit !== undefined);
}

/** `user:` before the name of a unit of a user's own. */
function readUnit(pid: number): string | undefined {
  try {
    const [, path, name] =
      /^\d+:(?:name=systemd)?:(\/.*?\/([^/]+\.service)(?:\/.*)?)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, "utf8")) ??
      [];
    if (name === undefined || name.startsWith("user@")) return undefined; // a terminal's, of a login
    return path!.includes("/user@") ? `user:${name}` : name;
  } catch {
    return undefined; // no Linux, or it has ended
  }
}

async function ask(unit: string, shutdownTimeoutMs: number): Promise<Unit | undefined> {
  const isOfUser = unit.startsWith("user:");
  const name = isOfUser ? unit.slice("user:".length) : unit;
  const words = ["show", ...(isOfUser ? ["--user"] : []), "--property=TimeoutStopUSec", "--value", "--", name];
  try {
    const { stdout } = await run("systemctl", words, { timeout: patienceMs });
    const timeoutStopMs = parseTimespan(stdout.trim());
    return timeoutStopMs === undefined ? undefined : { name, isOfUser, timeoutStopMs, shutdownTimeoutMs };
  } catch {
    return undefined;
  }
}
