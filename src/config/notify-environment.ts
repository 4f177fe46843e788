import { readEnvironment } from "./environment.ts";

/** What systemd asked of this service, or nothing where it did not start it. */
export interface NotifyEnvironment {
  /** A path, or `@` and an abstract name. */
  readonly socket: string;
  /** Absent where no watchdog waits for this very process. */
  readonly watchdogMs: number | undefined;
  /** `PATH`, by which `systemd-notify` is found. */
  readonly searchPath: string | undefined;
}

/** Reads what systemd asks, and takes it out of the environment: what a handler starts must not speak for the service. */
export function takeNotifyEnvironment(): NotifyEnvironment | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: usec, WATCHDOG_PID: pid, PATH: searchPath } = readEnvironment();
  for (const name of ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]) delete process.env[name];
  if (!socket) return undefined;

  const isWatched = /^[1-9]\d*$/.test(usec ?? "") && (!pid || Number(pid) === process.pid);
  return { socket, watchdogMs: isWatched ? Number(usec) / 1_000 : undefined, searchPath };
}
