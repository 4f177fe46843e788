import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { type Broker, openBroker, redisOf } from "../../src/broker/broker.ts";
import { loadTls } from "../../src/broker/load-tls.ts";
import { createCertificates, hasTls, startTlsRedis, type TlsRedisOptions } from "../helpers/certificates.ts";
import { startTlsSentinel } from "../helpers/tls-sentinel.ts";

const own = createCertificates("IP:127.0.0.1");
const others = createCertificates("IP:127.0.0.1");
afterAll(() => {
  own.remove();
  others.remove();
});
const kinds = ["fail-fast", "reconnecting", "endless"] as const;

async function start(options?: TlsRedisOptions) {
  const redis = await startTlsRedis(options);
  onTestFinished(redis.stop);
  return redis;
}

async function open(url: string, kind: Broker["kind"] = "fail-fast", root = "/"): Promise<Broker> {
  const broker = await openBroker({ url, kind, root, prefix: "test" });
  onTestFinished(broker.close);
  return broker;
}

describe.skipIf(!hasTls)("where redis-server has TLS", () => {
  test.each(kinds)(
    "a connection that is %s trusts the authority that the URL names, and shows the client's certificate",
    async (kind) => {
      const { tlsUrl, parameters } = await start({ clients: "yes" });
      const broker = await open(`${tlsUrl}/0${parameters}&family=4`, kind);

      expect(await broker[redisOf].ping()).toBe("PONG");
      expect(broker.address).toBe(`${tlsUrl.replace(/:[^:]*@/, ":***@")}/0?family=4`);
    },
  );

  test.each(kinds)("a connection that is %s does so at sentinels too", async (kind) => {
    const redis = await start({ clients: "yes" });
    const sentinel = await startTlsSentinel(redis);
    onTestFinished(sentinel.stop);
    const broker = await open(`${sentinel.url}${redis.parameters}&master=shop`, kind);

    expect(await broker[redisOf].ping()).toBe("PONG");
    expect(broker.address).toBe(`${sentinel.url.replace(/:[^:]*@/, ":***@")}?master=shop`);
  });

  test("relative files start from the project's folder", async () => {
    const { tlsUrl, authority } = await start();
    const root = mkdtempSync(join(tmpdir(), "taskq-"));
    mkdirSync(join(root, "certs"));
    copyFileSync(authority, join(root, "certs/ca.pem"));

    expect((await open(`${tlsUrl}?ca=certs/ca.pem`, "fail-fast", root)).address).toContain("rediss://");
  });

  test("a certificate that is renewed on disk counts from the next connection on, and half a file does no harm", async () => {
    const { tlsUrl, authority, cert, key } = await start({ clients: "yes" });
    const file = join(mkdtempSync(join(tmpdir(), "taskq-")), "ca.pem");
    copyFileSync(authority, file);
    const { [redisOf]: redis } = await open(`${tlsUrl}?ca=${file}&cert=${cert}&key=${key}`, "reconnecting");
    const told = (event: string) => new Promise((resolve) => redis.once(event, resolve));

    writeFileSync(file, "-----BEGIN CERT");
    const back = told("ready");
    redis.disconnect(true);
    await back;

    copyFileSync(others.file("authority.crt"), file);
    const refused = told("error");
    redis.disconnect(true);
    expect(String(await refused)).toMatch(/certificate/);

    copyFileSync(authority, file);
    await told("ready");
  });

  const trust = (authority: string) => `?ca=${authority}`;
  const stranger = `&cert=${others.file("client.crt")}&key=${others.file("client.key")}`;
  const another = "Name a certificate that it accepts as `cert` in the broker's URL, and its key as `key`.";
  const one = "Name one as `cert` in the broker's URL, and its key as `key`.";

  test.each<[string, TlsRedisOptions, (authority: string) => string, string, string]>([
    [
      "another authority",
      {},
      () => trust(others.file("authority.crt")),
      "its certificate is of an authority that is not trusted here",
      "Name the file with the authority's certificate as `ca` in the broker's URL.",
    ],
    [
      "another host",
      { host: "DNS:elsewhere.example" },
      trust,
      "its certificate is for another host",
      "Name the host as its certificate does.",
    ],
    ["a server's certificate of yesterday", { days: 0 }, trust, "its certificate has expired", "Renew it."],
    ["no certificate", { clients: "yes" }, trust, "it asks for a client's certificate", one],
    [
      "no certificate, in TLS 1.2",
      { clients: "yes", protocols: "TLSv1.2" },
      trust,
      "it breaks off the TLS handshake, as one that asks for a client's certificate does",
      one,
    ],
    [
      "a stranger's certificate",
      { clients: "yes" },
      (authority) => trust(authority) + stranger,
      "it does not trust the authority of the client's certificate",
      another,
    ],
  ])("%s: each kind of connection says so", async (_what, options, parameters, why, hint) => {
    const { tlsUrl, authority } = await start(options);
    const isRefusal = options.clients === "yes";
    const address = tlsUrl.replace(/:[^:]*@/, ":***@");
    const message = isRefusal ? `Redis at ${address} refuses: ${why}` : `cannot reach Redis at ${address}: ${why}`;
    const code = isRefusal ? "BROKER_REFUSED" : "BROKER_UNREACHABLE";
    for (const kind of kinds) {
      await expect(open(tlsUrl + parameters(authority), kind)).rejects.toMatchObject({ code, message, hint });
    }
  });
});

describe("files that cannot be used are said before anything is connected:", () => {
  const [ca, cert, key] = ["authority.crt", "client.crt", "client.key"].map(own.file) as [string, string, string];
  const folder = mkdtempSync(join(tmpdir(), "taskq-"));
  const text = join(folder, "text.pem");
  writeFileSync(text, "no certificate");
  const of = (name: string) => `the \`${name}\` of the broker's URL`;
  const mend = (names: string) => `Mend what ${names} of the broker's URL names, or name another file.`;

  test.each([
    ["?ca=/absent.pem", `cannot read /absent.pem, ${of("ca")}: no such file`, "`ca`"],
    [`?ca=${folder}`, `cannot read ${folder}, ${of("ca")}: it is a folder`, "`ca`"],
    [`?ca=${text}`, `${text}, ${of("ca")}, holds no certificate in PEM`, "`ca`"],
    [
      `?cert=${cert}&key=${cert}`,
      `${cert}, ${of("key")}, holds no private key in PEM that needs no passphrase`,
      "`key`",
    ],
    [`?cert=${cert}&key=${others.file("client.key")}`, `${of("key")} is not that of its \`cert\``, "`key`"],
    [
      `?ca=${ca}&cert=/a&key=/b`,
      `cannot read /a, ${of("cert")}: no such file; cannot read /b, ${of("key")}: no such file`,
      "`cert` and `key`",
    ],
  ])("%s", async (parameters, message, names) => {
    const refusal = { code: "CONFIG_INVALID", message, hint: mend(names) };
    await expect(open(`rediss://127.0.0.1:1${parameters}`)).rejects.toMatchObject(refusal);
    await expect(open(`rediss-sentinel://127.0.0.1:1${parameters}&master=shop`)).rejects.toMatchObject(refusal);
  });

  test("those that can be are read", () => {
    expect(Object.keys(loadTls(`rediss://h?ca=${ca}&cert=${cert}&key=${key}`))).toEqual(["ca", "cert", "key"]);
    expect(loadTls("redis://h")).toEqual({});
  });
});
