import type { IncomingMessage } from "node:http";
import { asciiJson } from "./ascii-json.ts";
import type { createGuard } from "./guard.ts";
import type { Probe, Probes } from "./probes.ts";

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Route = (request: IncomingMessage) => Answer | Promise<Answer>;

const json = { "content-type": "application/json" };
const prometheus = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };

/** Which answer a request gets. */
export function createAnswer(
  probes: Probes,
  guard: ReturnType<typeof createGuard>,
): (request: IncomingMessage) => Promise<Answer> {
  const guarded =
    (route: Route): Route =>
    (request) =>
      guard(request.headers) ?? route(request);

  const routes = new Map<string, Route>([
    ["/livez", () => ofProbe(probes.live())],
    ["/readyz", () => ofProbe(probes.ready())],
    ["/metrics", guarded(async () => ({ status: 200, body: await probes.metrics(), headers: prometheus }))],
    ["/status", guarded(async () => ({ status: 200, body: asciiJson(await probes.status()), headers: json }))],
  ]);

  return async (request) => {
    const route = routes.get(request.url!.split("?")[0]!);
    if (!route) return { status: 404, body: "not found" };
    if (request.method !== "GET" && request.method !== "HEAD") {
      return { status: 405, body: "only GET and HEAD", headers: { allow: "GET, HEAD" } };
    }
    return route(request);
  };
}

function ofProbe(probe: Probe): Answer {
  return probe.ok ? { status: 200, body: "ok" } : { status: 503, body: probe.reason };
}
