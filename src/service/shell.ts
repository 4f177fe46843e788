import { readFileSync } from "node:fs";

const lookEveryMs = 1_000;
/** Such a command line is meant to outlive its shell. `&&` is not among them. */
const detached = /(?<!&)&(?!&)|\b(?:nohup|setsid|disown)\b/;

/**
 * `sh -c 'taskq …'` and `npm run` stand between a SIGTERM and this process: it ends the shell alone. So the shell's end is heard
 * as the signal that it kept. Returns how to stop looking.
 */
export function watchShell(onGone: () => void): () => void {
  const shell = process.ppid;
  if (!waitsForUs(shell)) return () => {};
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    onGone();
  }, lookEveryMs).unref();
  return () => clearInterval(timer);
}

/** Whether a process is a shell that has nothing to do but to wait for this one. Not known outside Linux. */
function waitsForUs(pid: number): boolean {
  try {
    const [shell = "", option = "", line = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return /(?:^|\/)(?:ba|da|k|z|a)?sh$/.test(shell) && /^-[a-z]*c$/.test(option) && !detached.test(line);
  } catch {
    return false;
  }
}
