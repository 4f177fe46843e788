import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "./is-loopback.ts";
import { createSecretCheck } from "./secret-check.ts";

export interface Refusal {
  readonly status: 401 | 403;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Says why a request may not read what holds names, or nothing where it may. */
export function createGuard(
  host: string,
  token: string | undefined,
): (headers: IncomingHttpHeaders) => Refusal | undefined {
  const isLocal = isLoopback(host);
  const isToken = token === undefined ? undefined : createSecretCheck(token);

  return ({ host: asked = "", authorization = "" }) => {
    // A page in this machine's browser may have a name of its own resolve to us: the Host header still says that name.
    if (isLocal && !isLoopback(asked.replace(/:\d*$/, ""))) {
      return { status: 403, body: "the Host header must name this machine" };
    }
    if (isToken && !isToken(/^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "")) {
      return { status: 401, body: "a token is needed", headers: { "www-authenticate": "Bearer" } };
    }
    return undefined;
  };
}
