import type { Identity } from "../identity.ts";
import type { ServiceOptions } from "../parts.ts";
import { type Insight, openInsight } from "./insight.ts";

/** The HTTP side of a worker process. */
export interface Http {
  /** `null` in a pool, whose parent serves what its processes tell it. */
  readonly address: string | null;
  readonly insight: Insight;
  readonly close: () => Promise<void>;
}

/** Listens where the config says so. Nothing of it is imported where it does not. */
export async function openHttp(options: ServiceOptions, identity: Identity): Promise<Http | undefined> {
  const { config, isInPool } = options;
  if (!config.http) return undefined;
  const insight = await openInsight(options, identity);
  if (isInPool) return { address: null, insight, close: async () => insight.stop() };

  const { createHttpServer } = await import("../../serve/http-server.ts");
  const { probes } = insight;
  const server = await createHttpServer({ ...config.http, token: config.httpToken, probes }).catch((error: unknown) => {
    insight.stop();
    throw error;
  });
  return {
    address: server.address,
    insight,
    async close() {
      insight.stop();
      await server.close();
    },
  };
}
