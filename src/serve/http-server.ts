import { createServer, type ServerResponse } from "node:http";
import { type Answer, createAnswer } from "./answer.ts";
import { createGuard } from "./guard.ts";
import { type HttpServer, listen } from "./listen.ts";
import type { Probes } from "./probes.ts";
import { refuseOpenDoor } from "./refuse-open-door.ts";

export interface HttpServerOptions {
  /** Beyond loopback a token is required. */
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** What `/metrics` and `/status` ask for. */
  readonly token: string | undefined;
  readonly probes: Probes;
}

/** Requests are a line and a few headers, and answers are small: who needs longer is no friend. */
const limits = {
  maxHeaderSize: 8_192,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
};
const idleMs = 10_000;
const mostConnections = 256;
const anotherPort = "Choose another with `--http [host:]port`, TASKQ_HTTP or `http` in the config.";

/** Serves probes and metrics. Throws CONFIG_INVALID where strangers could read names, HTTP_REFUSED where it cannot listen. */
export async function createHttpServer({ host, port, token, probes }: HttpServerOptions): Promise<HttpServer> {
  refuseOpenDoor({
    host,
    port,
    token,
    danger: "read /metrics and /status",
    hint: "Set TASKQ_HTTP_TOKEN, or `httpToken` in the config, or listen on 127.0.0.1.",
  });
  const answer = createAnswer(probes, createGuard(host, token));
  const server = createServer(limits, (request, response) => {
    answer(request)
      .catch((): Answer => ({ status: 500, body: "no answer" })) // what went wrong may hold names
      .then((given) => send(response, given));
  });
  server.timeout = idleMs;
  server.maxConnections = mostConnections;

  return listen(server, { host, port, hint: anotherPort });
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const text = body.endsWith("\n") ? body : `${body}\n`;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    ...headers,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(text);
}
