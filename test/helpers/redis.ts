import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A redis-server of one's own, that can be killed, frozen and brought back. */
export interface TestRedis {
  readonly url: string;
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
}

/** Starts a server on a free port; it is the caller's to stop. */
export async function startRedis({ args = [] }: TestRedisOptions = {}): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "taskq-redis-"));
  const defaults = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  let server = await launch([...defaults, ...args], port);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit");
    server.kill(signal);
    await exited;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => server.pid!,
    async stop() {
      await end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
    kill: () => end("SIGKILL"),
    freeze: () => void server.kill("SIGSTOP"),
    thaw: () => void server.kill("SIGCONT"),
    async restart() {
      server = await launch([...defaults, ...args], port);
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

async function launch(args: readonly string[], port: number): Promise<ChildProcess> {
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const failed = once(server, "error").then(([error]) => Promise.reject(error as Error));
  await Promise.race([failed, untilItAnswers(port)]);
  return server;
}

async function untilItAnswers(port: number): Promise<void> {
  const deadlineMs = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (Date.now() > deadlineMs) throw new Error("redis-server did not answer within 30 s");
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
