import { connectResp } from "./resp.ts";
import { watchdogName } from "./watchdog-name.ts";

/** `loading` and `unwatched` servers are alive: nobody may start a second one. */
export type EmbeddedState = "absent" | "unwatched" | "loading" | "ready";

const answerWithinMs = 5_000;

/** How the server behind a socket does. */
export async function lookAt(socket: string): Promise<EmbeddedState> {
  const client = await connectResp(socket, { timeoutMs: answerWithinMs });
  if (!client) return "absent";
  const pong = await client.ask("PING");
  const clients = await client.ask("CLIENT LIST");
  client.close();

  if (pong === undefined || clients === undefined) return "absent";
  if (!clients.includes(` name=${watchdogName} `)) return "unwatched";
  return pong.startsWith("-LOADING") ? "loading" : "ready";
}
