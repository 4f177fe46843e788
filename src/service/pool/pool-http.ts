import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { HttpServer } from "../../serve/listen.ts";
import type { Probe, Probes } from "../../serve/probes.ts";
import { freshReports } from "./fresh-reports.ts";
import type { Pool } from "./pool.ts";

/** A pool in which every process is silent for so long does nothing any more. */
const deadMs = 60_000;

/** The one port of a pool: its parent serves what the processes tell it. Nothing where the config wants none. */
export async function openPoolHttp(config: ResolvedConfig, pool: () => Pool): Promise<HttpServer | undefined> {
  if (!config.http) return undefined;
  const [{ createHttpServer }, { mergeMetrics }] = await Promise.all([
    import("../../serve/http-server.ts"),
    import("../../serve/merge-metrics.ts"),
  ]);
  const probes: Probes = {
    live: () => isAlive(pool()),
    ready: () => isReady(pool()),
    metrics: async () => mergeMetrics((await pool().ask()).map(({ metrics }) => metrics)),
    status: async () => ({ processes: (await pool().ask()).map(({ status }) => status) }),
  };
  return createHttpServer({ ...config.http, token: config.httpToken, probes });
}

/** One process whose loop turns is enough: a job that blocks another is no reason to kill all. */
function isAlive(pool: Pool): Probe {
  const ages = pool.health().children.flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
  if (ages.length === 0 || ages.some((ageMs) => ageMs < deadMs)) return { ok: true };
  return { ok: false, reason: "no process answers" };
}

/** One that takes jobs is enough too. Where none does, the first of them says why. */
function isReady(pool: Pool): Probe {
  const reports = freshReports(pool.health());
  if (reports.some(({ ready }) => ready)) return { ok: true };
  return { ok: false, reason: reports[0]?.reason ?? "starting" };
}
