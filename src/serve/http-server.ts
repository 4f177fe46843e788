import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { TaskqError } from "../errors.ts";
import { type Answer, createAnswer } from "./answer.ts";
import { createGuard } from "./guard.ts";
import { isLoopback } from "./is-loopback.ts";
import type { Probes } from "./probes.ts";

export interface HttpServerOptions {
  /** Beyond loopback a token is required. */
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** What `/metrics` and `/status` ask for. */
  readonly token: string | undefined;
  readonly probes: Probes;
}

export interface HttpServer {
  /** `http://<host>:<port>`. */
  readonly address: string;
  /** At once: no client is waited for. */
  readonly close: () => Promise<void>;
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

/** Serves probes and metrics. Throws CONFIG_INVALID where strangers could read names, HTTP_REFUSED where it cannot listen. */
export async function createHttpServer({ host, port, token, probes }: HttpServerOptions): Promise<HttpServer> {
  refuseOpenDoor(host, port, token);
  const answer = createAnswer(probes, createGuard(host, token));
  const server = createServer(limits, (request, response) => {
    answer(request)
      .catch((): Answer => ({ status: 500, body: "no answer" })) // what went wrong may hold names
      .then((given) => send(response, given));
  });
  server.timeout = idleMs;
  server.maxConnections = mostConnections;

  await listen(server, host, port);
  server.on("error", () => {}); // too many open files: the jobs must not end for that
  return {
    address: `http://${toText(host, (server.address() as AddressInfo).port)}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuseOpenDoor(host: string, port: number, token: string | undefined): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new TaskqError(
    "CONFIG_INVALID",
    `http is "${toText(host, port)}", beyond loopback, and there is no token: anyone could read /metrics and /status`,
    { hint: "Set TASKQ_HTTP_TOKEN, or `httpToken` in the config, or listen on 127.0.0.1." },
  );
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      const { why = message, hint = undefined } = refusals[code ?? ""] ?? {};
      reject(new TaskqError("HTTP_REFUSED", `cannot listen on ${toText(host, port)}: ${why}`, { hint }));
    });
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

const anotherPort = "Choose another with `--http [host:]port`, TASKQ_HTTP or `http` in the config.";
const refusals: Readonly<Record<string, { readonly why: string; readonly hint: string }>> = {
  EADDRINUSE: { why: "the port is in use", hint: anotherPort },
  EACCES: { why: "this user may not use the port", hint: anotherPort },
  EADDRNOTAVAIL: { why: "this machine has no such address", hint: "Name one that it has, or 0.0.0.0 for all." },
  ENOTFOUND: { why: "no such host", hint: "Name an address of this machine, or 0.0.0.0 for all." },
};

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

const toText = (host: string, port: number) => `${host.includes(":") ? `[${host}]` : host}:${port}`;
