import { spawn, spawnSync } from "node:child_process";

/** Whether the shell is on this machine: a test that needs one that is not says so, and is skipped. */
export const hasShell = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

/** An interactive shell on a terminal of its own; to be disposed of. */
export interface Shell {
  /** Types these keys and resolves to what the terminal has shown since, when that fits. */
  readonly type: (keys: string, until: RegExp) => Promise<string>;
  readonly [Symbol.dispose]: () => void;
}

const limitMs = 90_000;

/** `script` makes the terminal, as util-linux has it. */
export function startShell(command: string, cwd: string): Shell {
  const child = spawn("script", ["-qefc", command, "/dev/null"], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, TERM: "dumb" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  let look = () => {};
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    shown += chunk;
    look();
  });

  return {
    type(keys, until) {
      shown = "";
      child.stdin.write(keys);
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no ${until} came: ${JSON.stringify(shown)}`)), limitMs);
        look = () => {
          if (!until.test(shown)) return;
          clearTimeout(late);
          resolve(shown);
        };
        look();
      });
    },
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}
