import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { TaskqError } from "../errors.ts";
import { toAuthority } from "./to-authority.ts";

export interface ListenOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** What to do where the port cannot be had. */
  readonly hint: string;
}

/** A server that listens. */
export interface HttpServer {
  /** `http://<host>:<port>`. */
  readonly address: string;
  /** At once: no client is waited for. */
  readonly close: () => Promise<void>;
}

/** Resolves when it listens, or rejects with HTTP_REFUSED. */
export function listen(server: Server, { host, port, hint: anotherPort }: ListenOptions): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      const { why = message, hint = anotherPort } = refusals[code ?? ""] ?? {};
      reject(new TaskqError("HTTP_REFUSED", `cannot listen on ${toAuthority(host, port)}: ${why}`, { hint }));
    });
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      server.on("error", () => {}); // too many open files: the process must not end for that
      resolve({
        address: `http://${toAuthority(host, (server.address() as AddressInfo).port)}`,
        async close() {
          const closed = new Promise((resolve) => server.close(resolve));
          server.closeAllConnections();
          await closed;
        },
      });
    });
  });
}

const refusals: Readonly<Record<string, { readonly why: string; readonly hint?: string }>> = {
  EADDRINUSE: { why: "the port is in use" },
  EACCES: { why: "this user may not use the port" },
  EADDRNOTAVAIL: { why: "this machine has no such address", hint: "Name one that it has, or 0.0.0.0 for all." },
  ENOTFOUND: { why: "no such host", hint: "Name an address of this machine, or 0.0.0.0 for all." },
};
