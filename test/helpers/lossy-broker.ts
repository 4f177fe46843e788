import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** A way to a broker that is cut, once, behind the command that holds `word`: it is carried out, and its reply is lost. */
export async function loseReply(url: string, word: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const { hostname, port } = new URL(url);
  let isLost = false;
  const server = createServer((client) => {
    const broker = connect(Number(port), hostname);
    broker.on("error", () => client.destroy()).pipe(client);
    client.on("error", () => broker.destroy()).on("close", () => broker.end());
    client.on("data", (chunk) => {
      broker.write(chunk);
      if (isLost || !chunk.includes(word)) return;
      isLost = true;
      broker.end();
      client.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const lossy = new URL(url);
  lossy.port = String((server.address() as AddressInfo).port);
  return { url: lossy.href, [Symbol.asyncDispose]: async () => void server.close() };
}
