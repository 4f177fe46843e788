import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { atExit } from "./at-exit.ts";
import { freePort, startRedis, type TestRedis, testPassword } from "./redis.ts";

/** A primary, its replica, and three sentinels that put the one in the other's place. */
export interface SentinelSet extends AsyncDisposable {
  /** For taskq. */
  readonly url: string;
  readonly primary: TestRedis;
  readonly replica: TestRedis;
  /** Resolves when the sentinels name the replica. */
  readonly failedOver: () => Promise<void>;
}

const name = "shop";
const limitMs = 120_000;

/** They take a primary for dead after a second of silence. */
export async function startSentinels(): Promise<SentinelSet> {
  const primary = await startRedis();
  const adminPassword = new URL(primary.adminUrl).password;
  const replica = await startRedis({
    args: ["--replicaof", "127.0.0.1", String(primary.port), "--masterauth", adminPassword],
  });
  const folder = mkdtempSync(join(tmpdir(), "taskq-sentinels-"));
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const sentinels = await Promise.all([1, 2, 3].map((each) => startSentinel(join(folder, `${each}.conf`))));
  const watcher = new Redis(sentinels[0]!.port, { protocol: 2, retryStrategy: () => 200 }).on("error", () => {});

  async function startSentinel(file: string): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
    const port = await freePort();
    const lines = [
      `port ${port}`,
      "bind 127.0.0.1",
      `dir ${folder}`,
      `sentinel monitor ${name} 127.0.0.1 ${primary.port} 2`,
      `sentinel auth-pass ${name} ${adminPassword}`,
      `sentinel down-after-milliseconds ${name} 1000`,
      `sentinel failover-timeout ${name} 5000`,
    ];
    writeFileSync(file, `${lines.join("\n")}\n`);
    const server = spawn("redis-server", [file, "--sentinel"], { stdio: "ignore" });
    const exited = once(server, "exit");
    server.once(
      "exit",
      atExit(() => void server.kill("SIGKILL")),
    );
    return {
      port,
      async stop() {
        server.kill("SIGKILL");
        await exited;
      },
    };
  }

  async function untilTold(what: string, condition: () => Promise<boolean>): Promise<void> {
    for (const deadlineMs = Date.now() + limitMs; !(await condition()); await wait(50)) {
      if (Date.now() > deadlineMs) throw new Error(`the sentinels did not say within ${limitMs} ms that ${what}`);
    }
  }

  const pairs = (list: string[]) => new Map(list.flatMap((key, at) => (at % 2 ? [] : [[key, list[at + 1]!] as const])));
  const master = async () => pairs((await watcher.call("SENTINEL", "MASTER", name)) as string[]);

  await untilTold("all know each other and the replica", async () => {
    const known = await master();
    return known.get("num-other-sentinels") === "2" && known.get("num-slaves") === "1";
  });
  const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(",");

  return {
    url: `redis-sentinel://taskq:${encodeURIComponent(testPassword)}@${hosts}/0?master=${name}`,
    primary,
    replica,
    failedOver: () =>
      untilTold("the replica is the primary", async () => (await master()).get("port") === String(replica.port)),
    async [Symbol.asyncDispose]() {
      watcher.disconnect();
      await Promise.all(sentinels.map(({ stop }) => stop()));
      await Promise.all([primary, replica].map((server) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
      forget();
    },
  };
}
