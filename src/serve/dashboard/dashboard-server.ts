import { createServer, type ServerResponse } from "node:http";
import { type HttpServer, listen } from "../listen.ts";
import type { MountedRequest } from "./node-listener.ts";

export interface DashboardServerOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly handle: (request: MountedRequest, response: ServerResponse) => Promise<void>;
}

const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 5_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};
const idleMs = 60_000;
const mostConnections = 256;
const anotherPort = "Choose another with `--http [host:]port`.";

/** Serves the dashboard alone. Throws HTTP_REFUSED where it cannot listen. */
export function createDashboardServer({ host, port, handle }: DashboardServerOptions): Promise<HttpServer> {
  const server = createServer(
    limits,
    (request, response) => void handle(request, response).catch(() => response.destroy()),
  );
  server.timeout = idleMs;
  server.maxConnections = mostConnections;

  return listen(server, { host, port, hint: anotherPort });
}
