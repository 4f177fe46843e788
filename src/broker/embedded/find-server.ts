import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { TaskqError } from "../../errors.ts";

const run = promisify(execFile);

/** The path of the redis-server or valkey-server that is installed here. */
export async function findServer(): Promise<string> {
  const found = (await run("sh", ["-c", script]).catch(() => ({ stdout: "" }))).stdout.trim();
  if (found !== "" && !(found in installLines)) return found;

  const line = installLines[found];
  throw new TaskqError("BROKER_MISSING", "no redis-server or valkey-server is installed", {
    hint: line ? `Run: ${line}` : "Install Redis, and put redis-server on PATH.",
  });
}

const installLines: Record<string, string> = {
  "apt-get": "sudo apt-get install -y redis-server",
  apk: "sudo apk add redis",
  dnf: "sudo dnf install -y valkey",
  pacman: "sudo pacman -S valkey",
  brew: "brew install redis",
};

// Prints the server, or the package manager that could install it.
const script = `
command -v redis-server && exit
command -v valkey-server && exit
for manager in ${Object.keys(installLines).join(" ")}; do
  command -v "$manager" >/dev/null && echo "$manager" && exit
done
`;
