import { once } from "node:events";
import { connect } from "node:net";

/** One connection that asks one thing at a time. */
export interface RespClient {
  /** An inline command; resolves to the reply's text, to `-…` when it is an error, and to undefined once closed. */
  readonly ask: (command: string) => Promise<string | undefined>;
  readonly close: () => void;
}

/** Speaks to a Redis on a unix socket without a dependency, since the watchdog must start fast. Undefined when none listens. */
export async function connectResp(
  path: string,
  { timeoutMs }: { readonly timeoutMs?: number } = {},
): Promise<RespClient | undefined> {
  const socket = connect(path);
  let reply = "";
  let answer: ((text: string | undefined) => void) | undefined;

  const settle = (text: string | undefined) => {
    const settled = answer;
    answer = undefined;
    reply = "";
    settled?.(text);
  };
  socket.setEncoding("latin1"); // a bulk reply's length counts bytes
  socket.on("data", (data: string) => {
    reply += data;
    const text = whole(reply);
    if (text !== undefined) settle(text);
  });
  socket.on("close", () => settle(undefined));
  if (timeoutMs !== undefined) socket.setTimeout(timeoutMs, () => socket.destroy());

  try {
    await once(socket, "connect");
  } catch {
    return undefined;
  }
  socket.on("error", () => {}); // `close` follows
  return {
    ask: (command) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve(undefined);
        answer = resolve;
        socket.write(`${command}\r\n`);
      }),
    close: () => void socket.destroy(),
  };
}

/** The text of a reply that has come in whole: a line, or `$length` and as many bytes. */
function whole(reply: string): string | undefined {
  const end = reply.indexOf("\r\n");
  if (end < 0) return undefined;
  if (!reply.startsWith("$")) return reply.slice(0, end).replace(/^\+/, "");
  const from = end + 2;
  const to = from + Number(reply.slice(1, end));
  return reply.length < to + 2 ? undefined : reply.slice(from, to);
}
