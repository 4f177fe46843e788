import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Redis } from "ioredis";
import { onTestFinished } from "vitest";
import { openEmbedded } from "../../../src/broker/embedded/open.ts";

/** A project of the test's own, whose servers are gone when it is done. */
export async function createProject({ below = "" } = {}) {
  const root = await mkdtemp(join(tmpdir(), "taskq-embedded-"));
  const folder = join(root, below, ".taskq");
  const clients: Redis[] = [];
  const pids = new Set<number>();

  onTestFinished(async () => {
    for (const client of clients) client.disconnect();
    for (const pid of pids) kill(pid);
    await rm(root, { recursive: true, force: true });
    for (const { options } of clients) {
      if (!options.path!.startsWith(root)) await rm(dirname(options.path!), { recursive: true, force: true });
    }
  });

  return {
    folder,
    /** A client of the server, and the pids of what stands behind it. */
    async connect() {
      const { socket } = await openEmbedded(folder);
      const client = new Redis(socket, { retryStrategy: () => null, maxRetriesPerRequest: 0 });
      client.on("error", () => {});
      clients.push(client);
      const pid = Number(/^process_id:(\d+)/m.exec(await client.info("server"))![1]);
      pids.add(pid);
      return { client, socket, pid };
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}
