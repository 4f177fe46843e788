import { spawn } from "node:child_process";
import { maskSecrets } from "../../definition/mask-url.ts";
import { TaskqError } from "../../errors.ts";

const longestComplaint = 500;
/** A password is masked before the text is cut: half of one could not be told for what it is. */
const mostRead = 20 * longestComplaint;

/** Starts a program without a shell and gives it a text on its standard input. Rejects unless it ends with 0. */
export function runCommand(
  [program, ...args]: readonly [string, ...(readonly string[])],
  input: string,
  cwd: string,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, signal, killSignal: "SIGKILL", stdio: ["pipe", "ignore", "pipe"] });
    let complaint = "";
    child.once("error", reject).once("close", (code, killedBy) => {
      if (code === 0) return resolve();
      const text = maskSecrets(complaint.trim()).slice(0, longestComplaint);
      const said = text && `: ${text}`;
      reject(new TaskqError("HOOK_FAILED", `${program} ended with ${code ?? killedBy}${said}`));
    });
    // Where the process has no file left to open, the program has no streams: its `error` says so.
    const { stdin, stderr } = child as Partial<typeof child>;
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(0, mostRead);
    });
    stdin?.on("error", () => {}); // a program need not read it
    stdin?.end(input);
  });
}
