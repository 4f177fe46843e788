import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import type { Hooks } from "../../../src/definition/hooks.ts";
import { testRedis } from "../../helpers/redis.ts";
import { setup } from "../../helpers/setup.ts";

const { url } = await testRedis();

/** Fails one job with this hook, closes, and returns its id and what the hook left in the log. */
async function failOne(onFailed: NonNullable<Hooks["onFailed"]>) {
  await using app = await setup({
    url,
    jobs: {
      pay: async () => {
        throw new Error("the card was refused");
      },
    },
    config: { hooks: { onFailed }, redact: ["card"], shutdownTimeout: "30s" },
  });
  const service = await app.start({ config: { ...app.config, root: tmpdir() } });
  const { id } = await app.enqueue("pay", { order: "A-1", card: "4242" });
  await app.event("failed");
  service.close("a test");
  expect(await service.ended).toBe(0);
  return { id, failures: app.seen.flatMap((event) => (event.type === "hookFailed" ? [event.error] : [])) };
}

async function serve(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const documentOf = (id: string) => ({
  event: "failed",
  app: "test",
  id,
  job: "work.pay",
  queue: "work",
  args: { order: "A-1", card: "[redacted]" },
  meta: {},
  attempts: 1,
  ms: expect.any(Number),
  error: { message: "the card was refused" },
  at: expect.stringMatching(/^\d{4}-.*Z$/),
});

test("a URL is told by POST, with what is secret hidden", async () => {
  const requests: { method: string | undefined; type: string | undefined; body: unknown }[] = [];
  const origin = await serve(async (request: IncomingMessage, response) => {
    const { method, headers } = request;
    requests.push({ method, type: headers["content-type"], body: JSON.parse(await text(request)) });
    response.end();
  });

  const { id, failures } = await failOne(`${origin}/hooks`);

  expect(failures).toEqual([]);
  expect(requests).toEqual([{ method: "POST", type: "application/json", body: documentOf(id) }]);
});

test("a host in trouble is tried three times, and its path is not in the log", async () => {
  let tries = 0;
  const origin = await serve((_request, response) => {
    tries++;
    response.writeHead(503).end();
  });

  const { id, failures } = await failOne(`${origin}/secret-token`);

  expect(tries).toBe(3);
  expect(failures).toEqual([`work.pay ${id}: POST to ${origin}: it answered 503 (tried 3 times)`]);
});

test("a host that is back at the second try has been told", async () => {
  let tries = 0;
  const origin = await serve((_request, response) => void response.writeHead(++tries === 1 ? 500 : 204).end());

  expect((await failOne(origin)).failures).toEqual([]);
  expect(tries).toBe(2);
});

test("a refusal is final, and nobody there is told so", async () => {
  let tries = 0;
  const origin = await serve((_request, response) => void response.writeHead(++tries && 410).end());

  const { id, failures } = await failOne(origin);

  expect(tries).toBe(1);
  expect(failures).toEqual([`work.pay ${id}: POST to ${origin}: it answered 410`]);
});

test("a redirect on the host is followed, one to another host is not", async () => {
  const paths: (string | undefined)[] = [];
  let strangers = 0;
  const stranger = await serve((_request, response) => {
    strangers++;
    response.end();
  });
  const origin = await serve((request, response) => {
    paths.push(request.url);
    if (request.url === "/old") response.writeHead(308, { location: "/new" }).end();
    else if (request.url === "/away") response.writeHead(307, { location: `${stranger}/x` }).end();
    else response.end();
  });

  expect((await failOne(`${origin}/old`)).failures).toEqual([]);
  expect(paths).toEqual(["/old", "/new"]);

  const { id, failures } = await failOne(`${origin}/away`);
  expect(failures).toEqual([`work.pay ${id}: POST to ${origin}: it redirects to ${stranger}, which is not followed`]);
  expect(strangers).toBe(0);
});

test("a program gets the document on its standard input, its words as they are", async () => {
  const folder = mkdtempSync(join(tmpdir(), "taskq-hook-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = `
    let text = "";
    process.stdin.on("data", (chunk) => (text += chunk)).on("end", () =>
      require("fs").writeFileSync(process.argv[1], JSON.stringify({ body: JSON.parse(text), word: process.argv[2] })));`;
  const file = join(folder, "told.json");

  const { id, failures } = await failOne({ command: [process.execPath, "-e", script, file, "$(id) *"] });

  expect(failures).toEqual([]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ body: documentOf(id), word: "$(id) *" });
});

test("a program that fails or is not there is told with what it said", async () => {
  const script = "console.error('no pager'); process.exit(3)";
  const failed = await failOne({ command: [process.execPath, "-e", script] });
  expect(failed.failures).toEqual([`work.pay ${failed.id}: ${process.execPath} ended with 3: no pager`]);

  const absent = await failOne({ command: ["taskq-no-such-program"] });
  expect(absent.failures).toEqual([`work.pay ${absent.id}: spawn taskq-no-such-program ENOENT`]);
});
