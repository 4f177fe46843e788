import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "./at-exit.ts";
import type { TlsRedis } from "./certificates.ts";
import { freePort } from "./redis.ts";

/** A sentinel that watches one server as `shop`; both speak TLS alone, and ask for a client's certificate. */
export async function startTlsSentinel({ tlsUrl, adminUrl, authority, cert, key, server }: TlsRedis) {
  const folder = mkdtempSync(join(tmpdir(), "taskq-sentinel-"));
  const port = await freePort();
  const file = join(folder, "sentinel.conf");
  const lines = [
    "port 0",
    `tls-port ${port}`,
    "bind 127.0.0.1",
    `dir ${folder}`,
    `tls-ca-cert-file ${authority}`,
    ...[`tls-cert-file ${server.cert}`, `tls-key-file ${server.key}`],
    ...[`tls-client-cert-file ${cert}`, `tls-client-key-file ${key}`],
    "tls-auth-clients yes",
    "tls-replication yes",
    `sentinel monitor shop 127.0.0.1 ${new URL(tlsUrl).port} 1`,
    `sentinel auth-pass shop ${new URL(adminUrl).password}`,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const sentinel = spawn("redis-server", [file, "--sentinel"], { stdio: ["ignore", "pipe", "ignore"] });
  const exited = once(sentinel, "exit");
  sentinel.once(
    "exit",
    atExit(() => void sentinel.kill("SIGKILL")),
  );
  for await (const chunk of sentinel.stdout.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes("+monitor")) break;
  }
  sentinel.stdout.resume();

  return {
    url: tlsUrl.replace("rediss:", "rediss-sentinel:").replace(/\d+$/, `${port}/0`),
    async stop() {
      sentinel.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
