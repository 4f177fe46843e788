import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createNodeListener } from "../../../src/serve/dashboard/node-listener.ts";

/** A server that answers with what it was asked, after a framework changed the request as `change` says. */
async function serve(change: (request: IncomingMessage) => object = () => ({})) {
  const handle = createNodeListener(async (request) =>
    Response.json(
      { method: request.method, url: request.url, body: await request.text() },
      { headers: { "x-asked": request.headers.get("x-ask") ?? "" } },
    ),
  );
  const server = createServer((request, response) => void handle(Object.assign(request, change(request)), response));
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    ask: (path: string, options?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, options),
    port,
    raw: async (...lines: string[]) => {
      const socket = connect(port, "127.0.0.1");
      socket.write(`${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`);
      return (await text(socket)).split("\r\n")[0];
    },
  };
}

test("a request of Node's is one with its headers and its body, and so is the answer", async () => {
  const { ask, port } = await serve();

  const answer = await ask("/jobs?a=1", { method: "POST", body: "{}", headers: { "x-ask": "why" } });

  expect(answer.headers.get("x-asked")).toBe("why");
  expect(await answer.json()).toEqual({ method: "POST", url: `http://127.0.0.1:${port}/jobs?a=1`, body: "{}" });
  expect(await (await ask("/", { method: "HEAD" })).text()).toBe("");
});

test("a path that a framework cut off and a body that it has read are back", async () => {
  const read = async (change: object, headers: Record<string, string>) => {
    const { ask } = await serve(() => change);
    return (await ask("/run", { method: "POST", headers })).json();
  };

  expect(
    await read({ originalUrl: "/admin/run", body: { a: 1 } }, { "content-type": "application/json" }),
  ).toMatchObject({
    url: expect.stringMatching(/\/admin\/run$/),
    body: '{"a":1}',
  });
  expect(await read({ body: { name: "a b" } }, { "content-type": "application/x-www-form-urlencoded" })).toMatchObject({
    body: "name=a+b",
  });
});

test.each([
  ["GET / HTTP/1.1", "Host: a@b"],
  ["GET / HTTP/1.1", "Host: a/b"],
  ["GET http://evil.test/ HTTP/1.1", "Host: 127.0.0.1"],
  ["TRACE / HTTP/1.1", "Host: 127.0.0.1"],
])("%s with %s is not understood", async (...lines) => {
  const { raw } = await serve();

  expect(await raw(...lines)).toBe("HTTP/1.1 400 Bad Request");
});
