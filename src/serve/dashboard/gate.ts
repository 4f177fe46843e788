import { isLoopback } from "../is-loopback.ts";
import { createSecretCheck } from "../secret-check.ts";
import { answerText } from "./answer-text.ts";

export interface GateOptions {
  /** What every request has to bring; undefined where nobody is asked. */
  readonly token: string | undefined;
  /** The hosts that are answered beside this machine's own; undefined for any. */
  readonly hosts: readonly string[] | undefined;
  readonly isWritable: boolean;
}

const unsafe = (method: string) => method !== "GET" && method !== "HEAD";

/** Refuses a request that may not look, or may not change anything; undefined where it may. */
export function createGate({ token, hosts, isWritable }: GateOptions): (request: Request) => Response | undefined {
  const isToken = token === undefined ? undefined : createSecretCheck(token);

  return (request) => {
    const host = request.headers.get("host") ?? new URL(request.url).host;
    // A page of a stranger may have a name of its own resolve to us: the Host header still says that name.
    if (hosts && !isKnownHost(host, hosts)) {
      return answerText(403, "the Host header names neither this machine nor a host that was allowed");
    }
    if (isToken && !isToken(tokenOf(request.headers.get("authorization") ?? ""))) {
      return answerText(401, "a token is needed", { "www-authenticate": 'Basic realm="taskq", charset="UTF-8"' });
    }
    if (!unsafe(request.method)) return undefined;
    if (!isWritable) return answerText(405, "this dashboard is read-only", { allow: "GET, HEAD" });
    if (!isOfOurPage(request.headers, host)) return answerText(403, "the request comes from another site");
    return undefined;
  };
}

function isKnownHost(host: string, hosts: readonly string[]): boolean {
  const name = host.replace(/:\d*$/, "").toLowerCase();
  return isLoopback(name) || hosts.some((each) => each.toLowerCase() === name || each.toLowerCase() === host);
}

/** Of a browser it is the password, whatever the user's name. */
function tokenOf(authorization: string): string {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  if (bearer !== undefined) return bearer;
  const [, basic = ""] = /^Basic +(\S+) *$/i.exec(authorization) ?? [];
  return Buffer.from(basic, "base64")
    .toString()
    .replace(/^[^:]*:/, "");
}

/** Browsers say where a request comes from: in the first header on https and localhost, in the second everywhere. Programs say neither. */
function isOfOurPage(headers: Headers, host: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  return origin === null || origin === `http://${host}` || origin === `https://${host}`;
}
