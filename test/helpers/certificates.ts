import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startRedis, type TestRedis } from "./redis.ts";

/** A redis-server with a second port that speaks TLS. */
export interface TlsRedis extends TestRedis {
  /** For taskq, over TLS. */
  readonly tlsUrl: string;
  /** The certificate of the authority that signed the server's, for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
}

/** Whether the installed redis-server was built with TLS: without it no option of TLS is known to it. */
export const hasTls: boolean = !/Bad directive/.test(
  spawnSync("redis-server", ["--tls-cluster", "perhaps"], { encoding: "utf8" }).stderr,
);

/** `host` is whom its certificate is for. */
export async function startTlsRedis(host = "IP:127.0.0.1"): Promise<TlsRedis> {
  const folder = createCertificates(host);
  const file = (name: string) => join(folder, name);
  const port = await freePort();
  const redis = await startRedis({
    args: [
      ...["--tls-port", String(port), "--tls-auth-clients", "no", "--tls-ca-cert-file", file("authority.crt")],
      ...["--tls-cert-file", file("server.crt"), "--tls-key-file", file("server.key")],
    ],
  });
  return {
    ...redis,
    tlsUrl: redis.url.replace("redis:", "rediss:").replace(/\d+$/, String(port)),
    authority: file("authority.crt"),
    async stop() {
      await redis.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As people make them: an authority of one's own, and a certificate that it signs. */
function createCertificates(host: string): string {
  const folder = mkdtempSync(join(tmpdir(), "taskq-tls-"));
  const openssl = (words: string) => execFileSync("openssl", words.split(" "), { cwd: folder, stdio: "ignore" });
  writeFileSync(join(folder, "server.ext"), `subjectAltName=${host}`);

  openssl("req -x509 -newkey rsa:2048 -nodes -keyout authority.key -out authority.crt -subj /CN=authority -days 2");
  openssl("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=redis");
  const signed = "-CA authority.crt -CAkey authority.key -CAcreateserial -extfile server.ext -days 2";
  openssl(`x509 -req -in server.csr -out server.crt ${signed}`);
  return folder;
}
