import { execFile } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What the kernel knows of processes that are no children of the test. */
export const processes = {
  /** Another's child tells us nothing when it ends, so this one looks again and again. */
  async ended(pid: number): Promise<void> {
    while (await isAlive(pid)) await wait(50);
  },

  async group(pid: number): Promise<string> {
    return ask("pgid", pid);
  },

  async parent(pid: number): Promise<number> {
    return Number(await ask("ppid", pid));
  },
};

/** A zombie has ended: it waits for its parent alone. */
async function isAlive(pid: number): Promise<boolean> {
  const state = await ask("stat", pid).catch(() => "");
  return state !== "" && !state.startsWith("Z");
}

async function ask(field: string, pid: number): Promise<string> {
  return (await run("ps", ["-o", `${field}=`, "-p", `${pid}`])).stdout.trim();
}
