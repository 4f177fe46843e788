import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface TerminalOptions {
  readonly cwd: string;
  readonly broker: string;
  readonly prefix: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether this machine can make a terminal: a test that needs one is skipped where it cannot. */
export const hasScript = /util-linux/.test(spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "");

/** The built command line on a terminal of its own. */
export interface TerminalRun {
  /** Types these keys: `\u0003` is Ctrl-C. */
  readonly type: (keys: string) => void;
  /** Resolves when the terminal has been sent what fits, from the last such call on. */
  readonly shows: (what: RegExp) => Promise<void>;
  /** All that the terminal was sent, control sequences too. */
  readonly text: () => string;
  readonly exited: Promise<number>;
  /** Of what made the terminal. */
  readonly pid: number;
}

const limitMs = 180_000;
const bin = fileURLToPath(new URL("../../dist/bin/taskq.js", import.meta.url));

/** `script` makes the terminal, as util-linux has it. It is killed with its command when the test takes too long. */
export function onTerminal(
  args: readonly string[],
  { cwd, broker, prefix, columns = 80, rows = 24, env = {} }: TerminalOptions,
): TerminalRun {
  const words = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(" ");
  const line = `stty cols ${columns} rows ${rows}; exec ${words}`;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:TASKQ_|CI$)/.test(name)));
  const child = spawn("script", ["-qefc", line, "/dev/null"], {
    cwd,
    env: { ...inherited, TERM: "xterm-256color", TASKQ_BROKER_URL: broker, TASKQ_PREFIX: prefix, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let text = "";
  let seen = 0;
  let look = () => {};
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    look();
  });
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve(code ?? 1));
  });
  const late = setTimeout(() => child.kill("SIGKILL"), limitMs);
  void exited.finally(() => clearTimeout(late)).catch(() => {});

  return {
    type: (keys) => void child.stdin.write(keys),
    shows(what) {
      return new Promise((resolve, reject) => {
        look = () => {
          const found = what.exec(text.slice(seen));
          if (!found) return;
          seen += found.index + found[0].length;
          look = () => {};
          resolve();
        };
        void exited.then(() => reject(new Error(`it ended and did not show ${what}: ${JSON.stringify(text)}`)));
        look();
      });
    },
    text: () => text,
    exited,
    pid: child.pid!,
  };
}
