import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { atExit } from "./at-exit.ts";

/** A redis-server of one's own, that can be killed, frozen and brought back. */
export interface TestRedis {
  /** For taskq: its user may do what docs/security.md lists, and nothing else. */
  readonly url: string;
  /** The same as messages show it. */
  readonly address: string;
  /** For a test that looks at what is stored or breaks something: it may do all. */
  readonly adminUrl: string;
  /** For a user that the test makes, `name:password`, or for nobody. */
  readonly urlOf: (user?: string) => string;
  readonly port: number;
  readonly pid: () => number;
  readonly stop: () => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Brings a killed server back on the same port, with the data it had on disk. */
  readonly restart: () => Promise<void>;
}

export interface TestRedisOptions {
  /** Over the defaults: nothing is kept, nothing is evicted. */
  readonly args?: readonly string[];
  /** Whether the test itself has commands refused: else one that is refused fails it. */
  readonly refusals?: boolean;
}

/** Of the user that taskq is in each test; no output of any command may hold it. */
export const testPassword = "pw+7f3a/Zq-s3cret";
const adminPassword = "all-powerful";

/** Starts a server on a free port; it is the caller's to stop. */
export async function startRedis({ args = [], refusals = false }: TestRedisOptions = {}): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "taskq-redis-"));
  const defaults = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const users = ["--requirepass", adminPassword, "--user", "taskq", ...documentedRules()];
  const start = () => launch([...defaults, ...users, ...args], port);
  let server = await start();
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  let isFrozen = false;
  const url = `redis://taskq:${encodeURIComponent(testPassword)}@127.0.0.1:${port}`;
  const adminUrl = adminUrlOf(url);
  const refused: string[] = [];

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    if (!isFrozen && !refusals) refused.push(...(await readRefusals(adminUrl)));
    const exited = once(server, "exit");
    server.kill("SIGKILL");
    await exited;
  }

  return {
    url,
    address: url.replace(encodeURIComponent(testPassword), "***"),
    adminUrl,
    urlOf: (user) => url.replace(/\/\/.*@/, user === undefined ? "//" : `//${user}@`),
    port,
    pid: () => server.pid!,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
      forget();
      if (refused.length === 0) return;
      throw new Error(`the user of docs/security.md was refused: ${refused.join(", ")}; is the list there complete?`);
    },
    kill,
    freeze() {
      isFrozen = server.kill("SIGSTOP");
    },
    thaw() {
      isFrozen = !server.kill("SIGCONT");
    },
    async restart() {
      server = await start();
      isFrozen = false;
    },
  };
}

/** A server for a test file, gone when the file is done. */
export async function testRedis(options?: TestRedisOptions): Promise<TestRedis> {
  const { afterAll } = await import("vitest");
  const redis = await startRedis(options);
  afterAll(() => redis.stop());
  return redis;
}

/** Nothing is ever flushed: each test has its own prefix. */
export const testPrefix = (): string => `test-${randomUUID()}`;

/** The same server for the user who may do all. */
export const adminUrlOf = (url: string): string => url.replace(/\/\/.*@/, `//:${adminPassword}@`);

/** What the page tells people to type, with the password and the prefixes of the tests. */
function documentedRules(): string[] {
  const page = readFileSync(new URL("../../docs/security.md", import.meta.url), "utf8");
  const [, rules] = /^ACL SETUSER taskq (.+)$/m.exec(page)!;
  return rules!.split(" ").flatMap((rule) => {
    if (rule === ">PASSWORD") return `>${testPassword}`;
    return rule === "~bull:*" || rule === "&bull:*" ? [rule, rule.replace("bull", "test-*")] : rule;
  });
}

/** What the server has refused since its start, but for wrong passwords. */
async function readRefusals(adminUrl: string): Promise<string[]> {
  const admin = new Redis(adminUrl, { protocol: 2 });
  try {
    const log = (await admin.call("ACL", "LOG")) as string[][];
    return log
      .map((entry) =>
        Object.fromEntries(Array.from({ length: entry.length / 2 }, (_, i) => entry.slice(i * 2, i * 2 + 2))),
      )
      .filter(({ reason }) => reason !== "auth")
      .map(({ reason, object, context }) => `${reason} ${object} (${context})`);
  } finally {
    admin.disconnect();
  }
}

async function launch(args: readonly string[], port: number): Promise<ChildProcess> {
  const server = spawn("redis-server", args, { stdio: "ignore" });
  server.once(
    "exit",
    atExit(() => void server.kill("SIGKILL")),
  );
  const failed = once(server, "error").then(([error]) => Promise.reject(error as Error));
  const ended = once(server, "exit").then(() => Promise.reject(new Error("redis-server ended before it answered")));
  await Promise.race([failed, ended, untilItAnswers(port)]);
  return server;
}

async function untilItAnswers(port: number): Promise<void> {
  const deadlineMs = Date.now() + 90_000;
  while (!(await answers(port))) {
    if (Date.now() > deadlineMs) throw new Error("redis-server did not answer within 90 s");
    await wait(10);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1", () => void socket.write("PING\r\n"));
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", (reply) => settle(/^(\+PONG|-NOAUTH)/.test(reply.toString())));
    socket.once("error", () => settle(false));
    socket.once("close", () => settle(false));
  });
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
