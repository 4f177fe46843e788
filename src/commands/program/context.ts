import type { Broker } from "../../broker/broker.ts";
import type { ConnectionKind } from "../../broker/redis.ts";
import { isDumb } from "../../config/is-dumb.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import { renderJson, renderJsonLine } from "../../render/json.ts";
import type { CommandContext, GlobalFlags, Output, Project } from "./command.ts";
import { createLive, type Live } from "./live.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

export interface ContextOptions {
  readonly cwd: string;
  readonly flags: GlobalFlags & {
    readonly concurrency?: readonly string[];
    readonly shutdownTimeout?: string;
    readonly http?: string;
  };
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
}

/** The lazy context of one command, and how to close what it opened. */
export function createContext({
  cwd,
  flags,
  stdout,
  stderr,
  stdin,
}: ContextOptions): CommandContext & { readonly close: () => Promise<void> } {
  const terminal = createTerminal(stdout, flags.color);
  const live = createLive(stdout, terminal);
  const config = once(() => load(cwd, flags, false));
  const projectConfig = once(() => load(cwd, flags, true));
  const ends: (() => void)[] = [];
  let broker: Promise<Broker> | undefined;
  let interrupted: AbortController | undefined;

  return {
    config,
    projectConfig,
    project: once(async (): Promise<Project> => {
      const loaded = await projectConfig();
      const [{ loadCatalog }, { createLoader }] = await Promise.all([
        import("../../discovery/load-catalog.ts"),
        import("../../loader/loader.ts"),
      ]);
      return { config: loaded, catalog: await loadCatalog(loaded, createLoader(loaded.root)) };
    }),
    broker: (kind = "fail-fast") => (broker ??= open(config, kind)),
    output: createOutput(terminal, live, flags, stdout, stderr),
    flags,
    nowMs: Date.now,
    async readStdin() {
      let text = "";
      for await (const chunk of stdin.setEncoding("utf8")) text += chunk;
      return text;
    },
    stdin,
    stdout,
    async ask(question, flag) {
      const { ask } = await import("./ask.ts");
      return ask(question, flag, stdin, stderr);
    },
    interrupted() {
      if (interrupted) return interrupted.signal;
      interrupted = new AbortController();
      const abort = () => interrupted!.abort();
      process.once("SIGINT", abort).once("SIGTERM", abort);
      return interrupted.signal;
    },
    atEnd: (putBack) => void ends.push(putBack),
    async close() {
      live.close();
      for (const putBack of ends) putBack();
      await broker?.then((opened) => opened.close()).catch(() => {});
    },
  };
}

async function load(cwd: string, flags: ContextOptions["flags"], required: boolean): Promise<ResolvedConfig> {
  const { loadConfig } = await import("../../config/load.ts");
  return loadConfig({ cwd, file: flags.config, envFile: flags.envFile, required, flags });
}

async function open(config: () => Promise<ResolvedConfig>, kind: ConnectionKind): Promise<Broker> {
  const { openBroker } = await import("../../broker/broker.ts");
  const { broker: url, prefix, root } = await config();
  return openBroker({ url, prefix, root, kind });
}

function createOutput(
  { look, isTerminal, canRedraw }: Terminal,
  live: Live,
  { json, quiet }: GlobalFlags,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Output {
  const show = (value: unknown, render: Parameters<Output["data"]>[1]) =>
    json ? `${renderJson(value)}\n` : `${render(look)}\n`;

  const canOverwrite = stderr.isTTY === true && !isDumb();
  const clear = canOverwrite ? "\r\u001b[K" : "";
  const line = (text: string) => void stderr.write(`${clear}${text}\n`);

  return {
    data: (value, render) => void stdout.write(show(value, render)),
    note: (text) => void (quiet || line(text)),
    problem: line,
    progress: (text) => void (quiet || !canOverwrite || stderr.write(`${clear}${text}`)),
    redraw(value, render) {
      if (json) stdout.write(`${renderJsonLine(value)}\n`);
      else if (canRedraw) live.draw(render);
      else stdout.write(show(value, render));
    },
    look,
    isTerminal,
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
