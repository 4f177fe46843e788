/** The text of the function that runs a command line as cron does, and ends it with the job's signal. */
export function shellFunction(isTypeScript: boolean): string {
  const types = isTypeScript
    ? `interface ShellOptions {
  readonly program?: string;
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly input?: string;
}

`
    : "";
  const typed = (type: string) => (isTypeScript ? `: ${type}` : "");

  return `${types}/** Runs a command line in a shell; a failure of it is one of the job. */
async function shell(
  command${typed("string")},
  { signal, log }${typed("JobContext")},
  { program = "/bin/sh", cwd, env, input = "" }${typed("ShellOptions")} = {},
)${typed("Promise<void>")} {
  signal.throwIfAborted();
  // A group of its own: the signal ends what the shell has started too.
  const child = spawn(program, ["-c", command], { cwd, env: { ...process.env, ...env }, detached: true });
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
    } catch {} // it has ended by itself
  };
  signal.addEventListener("abort", end, { once: true });
  createInterface({ input: child.stdout }).on("line", (line) => log.info(line));
  createInterface({ input: child.stderr }).on("line", (line) => log.warn(line));
  child.stdin.on("error", () => {}).end(input); // a command need not read it
  try {
    const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
    if (code !== 0) throw new Error(\`"\${command}" ended with \${code ?? child.signalCode}\`);
  } finally {
    signal.removeEventListener("abort", end);
  }
}
`;
}
