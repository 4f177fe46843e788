import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { createHttpServer, type HttpServerOptions } from "../../src/serve/http-server.ts";
import type { HttpServer } from "../../src/serve/listen.ts";
import { ask } from "../helpers/http.ts";

const token = "a-token-of-the-test";
const open: HttpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(options: Partial<HttpServerOptions> = {}, probes: Partial<HttpServerOptions["probes"]> = {}) {
  const server = await createHttpServer({
    host: "127.0.0.1",
    port: 0,
    token: undefined,
    probes: {
      live: () => ({ ok: true }),
      ready: () => ({ ok: false, reason: "starting" }),
      metrics: async () => "jobs 1\n",
      status: async () => ({ name: "web-1" }),
      ...probes,
    },
    ...options,
  });
  open.push(server);
  return server.address;
}

test("each path answers with its probe, and with what kind of text it is", async () => {
  const address = await serve();

  expect(await ask(address, "/livez")).toMatchObject({ status: 200, body: "ok\n" });
  expect(await ask(address, "/readyz?verbose")).toMatchObject({ status: 503, body: "starting\n" });
  expect(await ask(address, "/metrics")).toMatchObject({
    status: 200,
    body: "jobs 1\n",
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", connection: "close" },
  });
  expect(await ask(address, "/status")).toMatchObject({
    status: 200,
    body: '{\n  "name": "web-1"\n}\n',
    headers: { "content-type": "application/json", "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
});

test("HEAD is the same without a body", async () => {
  const address = await serve();

  expect(await ask(address, "/livez", { method: "HEAD" })).toMatchObject({
    status: 200,
    body: "",
    headers: { "content-length": "3" },
  });
});

test.each(["/", "/healthz", "/livez/", "/constructor", "/LIVEZ"])("%s is no path", async (path) => {
  expect(await ask(await serve(), path)).toMatchObject({ status: 404, body: "not found\n" });
});

test.each(["POST", "PUT", "DELETE", "OPTIONS"])("%s is no method", async (method) => {
  expect(await ask(await serve(), "/metrics", { method })).toMatchObject({
    status: 405,
    headers: { allow: "GET, HEAD" },
  });
});

test("a probe that fails is a 500 that tells nothing, and the next request is answered", async () => {
  const address = await serve({}, { metrics: () => Promise.reject(new Error("queue mail")) });

  expect(await ask(address, "/metrics")).toMatchObject({ status: 500, body: "no answer\n" });
  expect(await ask(address, "/livez")).toMatchObject({ status: 200 });
});

test("what is no HTTP, or has headers without end, is refused", async () => {
  const port = Number(new URL(await serve()).port);
  const say = async (words: string) => {
    const socket = connect(port, "127.0.0.1");
    socket.write(words);
    return (await text(socket)).split("\r\n")[0];
  };

  expect(await say("hello\r\n\r\n")).toBe("HTTP/1.1 400 Bad Request");
  expect(await say(`GET /livez HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(9_000)}\r\n\r\n`)).toBe(
    "HTTP/1.1 431 Request Header Fields Too Large",
  );
});

test("a client that does not finish its request is cut off", async () => {
  const socket = connect(Number(new URL(await serve()).port), "127.0.0.1");
  const startedMs = performance.now();
  socket.write("GET /livez HTTP/1.1\r\n");
  const answer = await text(socket);

  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(performance.now() - startedMs).toBeLessThan(45_000); // generous: it would be a minute
});

test("closing waits for no client", async () => {
  const address = await serve();
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  await once(socket, "connect");
  const cut = once(socket, "close");
  await open.pop()!.close();
  await cut;

  await expect(ask(address, "/livez")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

describe("on loopback", () => {
  test.each(["localhost", "localhost:80", "127.0.0.1:7433", "[::1]:7433", "127.1.2.3"])(
    "a request to %s reads names",
    async (host) => {
      expect(await ask(await serve(), "/status", { headers: { host } })).toMatchObject({ status: 200 });
    },
  );

  test.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:7433", "10.0.0.1", "[::2]"])(
    "a request to %s reads none, and gets its probes",
    async (host) => {
      const address = await serve();
      for (const path of ["/status", "/metrics"]) {
        expect(await ask(address, path, { headers: { host } })).toMatchObject({
          status: 403,
          body: "the Host header must name this machine\n",
        });
      }
      expect(await ask(address, "/livez", { headers: { host } })).toMatchObject({ status: 200 });
    },
  );

  test("a token that is set is asked for", async () => {
    const address = await serve({ token });

    expect(await ask(address, "/status")).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } });
    expect(await ask(address, "/status", { headers: { authorization: `Bearer ${token}` } })).toMatchObject({
      status: 200,
    });
  });
});

describe("beyond loopback", () => {
  test.each(["0.0.0.0", "::", "10.0.0.1", "web-1", "::ffff:127.0.0.1", "127.0.0.1.example"])(
    "%s is refused without a token",
    async (host) => {
      await expect(serve({ host })).rejects.toMatchObject({
        code: "CONFIG_INVALID",
        message: expect.stringContaining("beyond loopback, and there is no token"),
        hint: expect.stringContaining("TASKQ_HTTP_TOKEN"),
      });
    },
  );

  test("names are for those who bring the token, probes for all", async () => {
    const address = (await serve({ host: "0.0.0.0", token })).replace("0.0.0.0", "127.0.0.1");
    const withAuthorization = (authorization: string) => ask(address, "/metrics", { headers: { authorization } });

    for (const wrong of ["", "Bearer", `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, token]) {
      expect(await withAuthorization(wrong)).toMatchObject({ status: 401, body: "a token is needed\n" });
    }
    expect(await withAuthorization(`Bearer ${token}`)).toMatchObject({ status: 200 });
    expect(await withAuthorization(`bearer ${token}`)).toMatchObject({ status: 200 });
    expect(
      await ask(address, "/status", { headers: { host: "web-1", authorization: `Bearer ${token}` } }),
    ).toMatchObject({ status: 200 });
    expect(await ask(address, "/readyz", { headers: { host: "web-1" } })).toMatchObject({ status: 503 });
  });
});

test("a port in use, an address of another machine and an unknown host are refused with their names", async () => {
  const { port } = new URL(await serve());

  await expect(serve({ port: Number(port) })).rejects.toMatchObject({
    code: "HTTP_REFUSED",
    message: `cannot listen on 127.0.0.1:${port}: the port is in use`,
    hint: expect.stringContaining("--http"),
  });
  await expect(serve({ host: "192.0.2.1", token })).rejects.toMatchObject({
    code: "HTTP_REFUSED",
    message: "cannot listen on 192.0.2.1:0: this machine has no such address",
  });
  await expect(serve({ host: "1:2", token })).rejects.toMatchObject({
    code: "HTTP_REFUSED",
    message: expect.stringMatching(/^cannot listen on \[1:2\]:0: /),
  });
});

test("an IPv6 address stands in brackets", async () => {
  const address = await serve({ host: "::1" });

  expect(address).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect(await ask(address, "/status")).toMatchObject({ status: 200 });
});
