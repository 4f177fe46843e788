import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { answerText } from "./answer-text.ts";

/** As frameworks on top of Node's server pass it on: Express cuts its mount path off `url`, and may have read the body. */
export interface MountedRequest extends IncomingMessage {
  readonly originalUrl?: string;
  readonly body?: unknown;
}

/** A function of requests and answers, for Node's own server and what is built on it. */
export function createNodeListener(
  handle: (request: Request) => Promise<Response>,
): (request: MountedRequest, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const asked = toRequest(request);
    const answer = asked ? await handle(asked) : answerText(400, "the request is not understood");
    const body = Buffer.from(await answer.arrayBuffer());
    // What is left of a body that nobody read must not be taken for the next request.
    if (!request.complete) response.setHeader("connection", "close");
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
  };
}

/** Undefined where the path or the Host header can be no part of a URL. */
function toRequest(request: MountedRequest): Request | undefined {
  const { method = "GET", url = "/", originalUrl = url, headers } = request;
  const address = `http://${headers.host}${originalUrl}`;
  if (!originalUrl.startsWith("/") || !/^[\w.:[\]-]+$/.test(headers.host ?? "") || !URL.canParse(address))
    return undefined;
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    return new Request(address, {
      method,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((each): [string, string] => [name, each]),
      ),
      ...(hasBody && { body: bodyOf(request), duplex: "half" }),
    } as RequestInit);
  } catch {
    return undefined; // such as the method TRACE
  }
}

function bodyOf(request: MountedRequest): ReadableStream | string {
  const { body, headers } = request;
  if (typeof body !== "object" || body === null) return Readable.toWeb(request) as ReadableStream;
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  return isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
}
