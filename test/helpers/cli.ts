import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach } from "vitest";
import { testPassword, testPrefix } from "./redis.ts";
import { findSecret } from "./secret.ts";

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export interface CliOptions {
  readonly cwd: string;
  readonly broker?: string | undefined;
  readonly prefix?: string | undefined;
  /** Over what the tests' own environment says; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Another build of the command line. Default: this one's. */
  readonly bin?: string;
  /** On standard input. Default: nothing, and no pipe. */
  readonly input?: string | Readable;
}

/** One line of a worker's JSON log. */
export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A worker process that was started by `taskq run-worker`; it is killed when its test ends. */
export interface WorkerProcess {
  readonly pid: number;
  readonly events: readonly LogLine[];
  /** The first line of this event with these fields, already seen or still to come. */
  readonly event: (name: string, fields?: Readonly<Record<string, unknown>>) => Promise<LogLine>;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly exited: Promise<number>;
  readonly stderr: () => string;
}

export interface ProjectOptions {
  /** The text of `taskq.config.js`; without it a config that says nothing. `null`: no config at all. */
  readonly config?: string | null;
  /** File texts by their path under `src/app/domain`, such as `accounts/jobs/tasks.js`. */
  readonly jobs?: Readonly<Record<string, string>>;
  readonly broker?: string;
  /** Of its workers, as CliOptions has it. */
  readonly env?: CliOptions["env"];
}

/** A project in a folder of its own, gone when the test file is done. */
export interface Project {
  readonly root: string;
  readonly prefix: string;
  readonly taskq: (...args: readonly string[]) => Promise<Ended>;
  /** Standard output as JSON; throws where the command failed. */
  // biome-ignore lint/suspicious/noExplicitAny: a document that the test itself looks at
  readonly json: (...args: readonly string[]) => Promise<any>;
  /** `run-worker` with these arguments. */
  readonly worker: (...args: readonly string[]) => WorkerProcess;
  /** The same under another program, which is given the command line as a shell understands it. */
  readonly workerUnder: (wrap: (line: string) => readonly string[], ...args: readonly string[]) => WorkerProcess;
}

/** Generous, since machines may be busy: a test that hangs says what it waited for. */
const limitMs = 90_000;
const home = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(home, "dist/bin/taskq.js");
const running = new Set<ChildProcess>();
const folders = new Set<string>();

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs the built command line to its end. */
export async function taskq(args: readonly string[], options: CliOptions): Promise<Ended> {
  const child = start(args, options);
  if (options.input !== undefined) Readable.from(options.input).pipe(child.stdin!.on("error", () => {}));
  let isLate = false;
  const late = setTimeout(() => {
    isLate = child.kill("SIGKILL");
  }, limitMs);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout!), text(child.stderr!), exitOf(child)]);
  clearTimeout(late);
  if (isLate) throw new Error(`taskq ${args.join(" ")} did not end within ${limitMs} ms: ${stderr}`);
  refuseLeak(args, stdout, stderr);
  return { stdout, stderr, code };
}

/** Starts a worker process; its log is read line by line. */
function startWorker(
  args: readonly string[],
  options: CliOptions,
  wrap?: (line: string) => readonly string[],
): WorkerProcess {
  const command = [process.execPath, bin, "run-worker", ...args];
  const child = spawnIn(wrap ? wrap(command.join(" ")) : command, options);
  const exited = exitOf(child).then((code) => {
    refuseLeak(args, JSON.stringify(events), complaint);
    return code;
  });
  const events: LogLine[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const look of [...listeners]) look();
  };
  let complaint = "";
  child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
    complaint += chunk;
  });
  const lines = createInterface({ input: child.stdout! }).on("line", (line) => {
    events.push(JSON.parse(line) as LogLine);
    tell();
  });
  let isDone = false;
  lines.once("close", () => {
    isDone = true;
    tell();
  });

  function event(name: string, fields: Readonly<Record<string, unknown>> = {}): Promise<LogLine> {
    const fits = (line: LogLine) =>
      line.event === name && Object.entries(fields).every(([key, value]) => line[key] === value);
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(late);
        listeners.delete(look);
      };
      const fail = (why: string) => {
        settle();
        const seen = events.map((line) => JSON.stringify(line)).join("\n");
        reject(new Error(`${why} "${name}" ${JSON.stringify(fields)} came; seen:\n${seen}\n${complaint}`));
      };
      const late = setTimeout(() => fail("no"), limitMs);
      const look = () => {
        const found = events.find(fits);
        if (found) {
          settle();
          resolve(found);
        } else if (isDone) fail("the worker ended and no");
      };
      listeners.add(look);
      look();
    });
  }

  return {
    pid: child.pid!,
    events,
    event,
    signal: (signal) => void child.kill(signal),
    exited,
    stderr: () => complaint,
  };
}

/** Writes a project whose files import `taskq` and `zod` as an installed one does. */
export function createProject({ config = "export default {};", jobs = {}, broker, env }: ProjectOptions = {}): Project {
  const root = createFolder();
  const prefix = testPrefix();
  write(root, "package.json", JSON.stringify({ name: "shop", type: "module" }));
  if (config !== null) write(root, "taskq.config.js", config);
  for (const [path, source] of Object.entries(jobs)) write(root, `src/app/domain/${path}`, source);
  mkdirSync(join(root, "node_modules"));
  symlinkSync(home, join(root, "node_modules/taskq"));
  symlinkSync(join(home, "node_modules/zod"), join(root, "node_modules/zod"));

  const run = (args: readonly string[]) => taskq(args, { cwd: root, broker, prefix });
  return {
    root,
    prefix,
    taskq: (...args) => run(args),
    async json(...args) {
      const { stdout, stderr, code } = await run([...args, "--json"]);
      if (code !== 0) throw new Error(`taskq ${args.join(" ")} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    worker: (...args) => startWorker(args, { cwd: root, broker, prefix, ...(env && { env }) }),
    workerUnder: (wrap, ...args) => startWorker(args, { cwd: root, broker, prefix, ...(env && { env }) }, wrap),
  };
}

/** An empty folder, gone when the test file is done. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "taskq-cli-")));
  folders.add(folder);
  return folder;
}

function write(root: string, path: string, source: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}

/** Starts the built command line and leaves it running; it is killed when its test ends. */
export function start(args: readonly string[], options: CliOptions): ChildProcess {
  return spawnIn([process.execPath, options.bin ?? bin, ...args], options);
}

function spawnIn(
  [command, ...args]: readonly string[],
  { cwd, broker, prefix, env = {}, input }: CliOptions,
): ChildProcess {
  const isOurs = (name: string) => /^(?:TASKQ_.*|REDIS_URL|NO_COLOR|FORCE_COLOR|NODE_OPTIONS)$/.test(name);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
  const child = spawn(command!, args, {
    cwd,
    env: { ...inherited, TASKQ_BROKER_URL: broker, TASKQ_PREFIX: prefix, ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  running.add(child);
  return child;
}

/** Every run of every test sweeps for the password of its broker. */
function refuseLeak(args: readonly string[], ...outputs: readonly string[]): void {
  const leak = outputs.map((output) => findSecret(output, testPassword)).find((found) => found !== undefined);
  if (leak !== undefined) throw new Error(`taskq ${args.join(" ")} shows the broker's password: ${leak}`);
}

/** As a shell says it: 128 and the signal's number for a process that a signal ended. */
function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code, signal) => {
      running.delete(child);
      resolve(code ?? 128 + constants.signals[signal!]);
    });
  });
}
