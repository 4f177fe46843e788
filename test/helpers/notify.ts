import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DgramSocket } from "node-unix-socket";
import { afterAll } from "vitest";

/** One datagram, as systemd would get it. */
export interface Notice {
  readonly atMs: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** A socket that listens as systemd does. */
export interface NotifyListener {
  /** What NOTIFY_SOCKET has to say. */
  readonly socket: string;
  readonly seen: readonly Notice[];
  /** The first datagram that fits from the `from`-th on, already seen or still to come. */
  readonly notice: (fits: (fields: Notice["fields"]) => boolean, from?: number) => Promise<Notice>;
}

const limitMs = 90_000;

/** Listens on a path, or on an abstract name; gone when the test file is done. */
export function listenToNotices({ isAbstract = false } = {}): NotifyListener {
  const folder = mkdtempSync(join(tmpdir(), "taskq-notify-"));
  const socket = isAbstract ? `@${folder}` : join(folder, "notify");
  const seen: Notice[] = [];
  const listeners = new Set<() => void>();
  const server = new DgramSocket();
  server.bind(socket.replace(/^@/, "\0"));
  server.on("data", (bytes: Buffer) => {
    const lines = bytes.toString().split("\n");
    const fields = Object.fromEntries(lines.map((line) => [line.split("=")[0]!, line.slice(line.indexOf("=") + 1)]));
    seen.push({ atMs: performance.now(), fields });
    for (const look of [...listeners]) look();
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    socket,
    seen,
    notice: (fits, from = 0) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`no such notice came; seen: ${JSON.stringify(seen.slice(from).slice(-20))}`));
        }, limitMs);
        const look = () => {
          const found = seen.slice(from).find(({ fields }) => fits(fields));
          if (!found) return;
          clearTimeout(late);
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
  };
}
