import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startRedis, type TestRedis } from "./redis.ts";

/** A redis-server with a second port that speaks TLS. */
export interface TlsRedis extends TestRedis {
  /** For taskq, over TLS. */
  readonly tlsUrl: string;
  /** The certificate of the authority that signed the server's and the client's. */
  readonly authority: string;
  /** A client's own certificate, and its key. */
  readonly cert: string;
  readonly key: string;
  /** The server's own. */
  readonly server: { readonly cert: string; readonly key: string };
  /** `ca`, `cert` and `key`, for the end of a URL. */
  readonly parameters: string;
}

export interface TlsRedisOptions {
  /** Whom its certificate is for. */
  readonly host?: string;
  /** Whether who connects has to show a certificate too. */
  readonly clients?: "yes" | "no";
  /** In the words of redis-server; without it all that it knows. */
  readonly protocols?: string;
  /** How long the server's certificate is good; 0 is no time. */
  readonly days?: number;
}

/** Whether the installed redis-server was built with TLS: without it no option of TLS is known to it. */
export const hasTls: boolean = !/Bad directive/.test(
  spawnSync("redis-server", ["--tls-cluster", "perhaps"], { encoding: "utf8" }).stderr,
);

/** Starts one on a free port; it is the caller's to stop. */
export async function startTlsRedis(options: TlsRedisOptions = {}): Promise<TlsRedis> {
  const { host = "IP:127.0.0.1", clients = "no", protocols, days } = options;
  const { file, remove } = createCertificates(host, days);
  const port = await freePort();
  const redis = await startRedis({
    args: [
      ...["--tls-port", String(port), "--tls-auth-clients", clients, "--tls-ca-cert-file", file("authority.crt")],
      ...["--tls-cert-file", file("server.crt"), "--tls-key-file", file("server.key")],
      ...(protocols === undefined ? [] : ["--tls-protocols", protocols]),
    ],
  });
  const [authority, cert, key] = [file("authority.crt"), file("client.crt"), file("client.key")];
  return {
    ...redis,
    tlsUrl: redis.url.replace("redis:", "rediss:").replace(/\d+$/, String(port)),
    ...{ authority, cert, key, server: { cert: file("server.crt"), key: file("server.key") } },
    parameters: `?ca=${authority}&cert=${cert}&key=${key}`,
    async stop() {
      await redis.stop();
      remove();
    },
  };
}

/** As people make them: an authority of one's own, and a server's and a client's certificate that it signs. */
export function createCertificates(host: string, days = 2) {
  const folder = mkdtempSync(join(tmpdir(), "taskq-tls-"));
  const openssl = (words: string) => execFileSync("openssl", words.split(" "), { cwd: folder, stdio: "ignore" });
  const sign = (name: string, forDays: number, extension: string) => {
    writeFileSync(join(folder, `${name}.ext`), extension);
    openssl(`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`);
    const signed = `-CA authority.crt -CAkey authority.key -CAcreateserial -extfile ${name}.ext -days ${forDays}`;
    openssl(`x509 -req -in ${name}.csr -out ${name}.crt ${signed}`);
  };

  openssl("req -x509 -newkey rsa:2048 -nodes -keyout authority.key -out authority.crt -subj /CN=authority -days 2");
  sign("server", days, `subjectAltName=${host}`);
  sign("client", 2, "extendedKeyUsage=clientAuth");
  return {
    file: (name: string) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
