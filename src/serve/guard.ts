import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "./is-loopback.ts";

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
  const expected = token === undefined ? undefined : digest(token);

  return ({ host: asked = "", authorization = "" }) => {
    // A page in this machine's browser may have a name of its own resolve to us: the Host header still says that name.
    if (isLocal && !isLoopback(asked.replace(/:\d*$/, ""))) {
      return { status: 403, body: "the Host header must name this machine" };
    }
    if (expected && !timingSafeEqual(digest(/^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? ""), expected)) {
      return { status: 401, body: "a token is needed", headers: { "www-authenticate": "Bearer" } };
    }
    return undefined;
  };
}

/** Of one length for every token, as the comparison in constant time wants it. */
function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
