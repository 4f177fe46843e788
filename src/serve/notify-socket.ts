import { spawn } from "node:child_process";
import { once } from "node:events";

export interface NotifySocketOptions {
  readonly socket: string;
  readonly searchPath: string | undefined;
  /** Hears of the first failure alone. */
  readonly onTrouble: (message: string) => void;
  /** Rejects where the optional package is not installed. */
  readonly loadDatagrams?: () => Promise<typeof import("node-unix-socket")>;
}

/** The way to systemd. No failure of it ever reaches the caller. */
export interface NotifySocket {
  /** Sends soon; what could not be sent yet is merged, the later over the earlier. */
  readonly notify: (fields: Readonly<Record<string, string | number>>) => void;
  /** Resolves when nothing is left to send. */
  readonly flushed: () => Promise<void>;
}

type Send = (lines: readonly string[]) => Promise<void>;

const longestMs = 5_000;

/** Sends datagrams to the socket that systemd named, or lets `systemd-notify` do it: Node has no datagrams on unix sockets. */
export function createNotifySocket(options: NotifySocketOptions): NotifySocket {
  let pending: Record<string, string | number> = {};
  let sending: Promise<void> | undefined;
  let opened: Promise<Send> | undefined;
  let hasFailed = false;

  async function flush(): Promise<void> {
    try {
      opened ??= open(options);
      const send = await opened;
      while (Object.keys(pending).length > 0) {
        const lines = Object.entries(pending).map(([name, value]) => `${name}=${value}`);
        pending = {};
        await send(lines);
      }
    } catch (error) {
      if (!hasFailed) options.onTrouble(`systemd is not told: ${(error as Error).message}`);
      hasFailed = true;
    } finally {
      sending = undefined;
    }
  }

  return {
    notify(fields) {
      Object.assign(pending, fields);
      sending ??= flush();
    },
    flushed: async () => sending,
  };
}

async function open({ socket, searchPath, loadDatagrams = load }: NotifySocketOptions): Promise<Send> {
  const datagrams = /^[/@]/.test(socket) ? await loadDatagrams().catch(() => undefined) : undefined;
  if (!datagrams) return (lines) => runSystemdNotify(lines, socket, searchPath);
  const address = socket.replace(/^@/, "\0");
  return (lines) => sendDatagram(new datagrams.DgramSocket(), address, lines.join("\n"));
}

// By a name that bundlers do not follow: the package is native, and no part of an app that only enqueues.
const packageName = "node-unix-socket";
const load = (): Promise<typeof import("node-unix-socket")> => import(packageName);

/** A socket for each message: one that stayed open would keep the process alive. */
async function sendDatagram(
  socket: import("node-unix-socket").DgramSocket,
  address: string,
  text: string,
): Promise<void> {
  const bytes = Buffer.from(text);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.sendTo(bytes, 0, bytes.length, address, (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    socket.close();
  }
}

async function runSystemdNotify(lines: readonly string[], socket: string, searchPath: string | undefined) {
  const env = { NOTIFY_SOCKET: socket, ...(searchPath !== undefined && { PATH: searchPath }) };
  const child = spawn("systemd-notify", lines, { env, stdio: "ignore", timeout: longestMs });
  const [code, signal] = await once(child, "exit").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error("there is neither the package node-unix-socket nor the program systemd-notify");
  });
  if (code !== 0) throw new Error(`systemd-notify ended with ${code ?? signal}`);
}
