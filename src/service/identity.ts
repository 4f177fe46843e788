import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { ResolvedConfig } from "../definition/resolved-config.ts";
import type { Catalog } from "../discovery/catalog.ts";

/** Who a worker process is, for as long as it lives. */
export interface Identity {
  /** Unique in the broker. */
  readonly id: string;
  /** What people call it: given, or `<host>-<pid>`. */
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly app: string;
  /** A hash of what the process declares: processes of one deploy share it. */
  readonly release: string;
  readonly startedAtMs: number;
}

export function createIdentity({ app }: ResolvedConfig, catalog: Catalog, name: string | undefined): Identity {
  const host = hostname();
  const { pid } = process;
  return {
    id: `${host}-${pid}-${randomBytes(4).toString("hex")}`,
    name: name ?? `${host}-${pid}`,
    host,
    pid,
    app,
    release: releaseOf(app, catalog),
    startedAtMs: Date.now(),
  };
}

function releaseOf(app: string, { jobs, schedules }: Catalog): string {
  const declared = [
    app,
    ...jobs.map(({ name, queue }) => [name, queue]),
    ...schedules.map((schedule) => {
      const { job, cron, everyMs, timezone, args, overlap, catchUp, catchUpWindowMs } = schedule;
      return [schedule.name, job.name, cron, everyMs, timezone, args, overlap, catchUp, catchUpWindowMs];
    }),
  ];
  return createHash("sha256").update(JSON.stringify(declared)).digest("hex").slice(0, 8);
}
