import { createHash } from "node:crypto";
import { lstat, mkdir, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TaskqError } from "../../errors.ts";

export interface EmbeddedPaths {
  readonly folder: string;
  readonly socket: string;
  readonly log: string;
}

/** The kernel takes 107 bytes, macOS 103, and the watchdog needs one more while it closes the server. */
const longestSocket = 100;

/** Makes the folder of an embedded broker, and says where things are in it. */
export async function preparePaths(folder: string): Promise<EmbeddedPaths> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(ignoreExisting);

  const real = await realpath(folder); // one project, one socket, by whichever path a shell came
  const socket = join(real, "redis.sock");
  const fits = Buffer.byteLength(socket) <= longestSocket;
  return { folder: real, socket: fits ? socket : await shortSocket(real), log: join(real, "redis.log") };
}

async function shortSocket(folder: string): Promise<string> {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const short = join(tmpdir(), `taskq-${name}`);
  await mkdir(short, { mode: 0o700 }).catch(ignoreExisting);

  // Anyone may write to the temp folder: another user could have put a folder of theirs there first.
  const { uid, mode } = await lstat(short);
  if (uid !== process.getuid?.() || (mode & 0o170777) !== 0o040700) {
    throw new TaskqError("BROKER_REFUSED", `${short} is not a folder of this user alone`, {
      hint: `Remove ${short}, and try again.`,
    });
  }
  return join(short, "redis.sock");
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
