import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { blockedLoop } from "./blocked-loop.ts";
import { closeWithoutRedis } from "./close.ts";
import { deploys } from "./deploys.ts";
import { killedUnderLoad } from "./killed-under-load.ts";
import { outages } from "./outages.ts";
import { corruptRecord, killingJob, unhandledRejection } from "./poison.ts";
import { producers } from "./producers.ts";
import { refusals } from "./refusals.ts";
import { restartTakeover, survivorTakeover } from "./takeover.ts";

/** What was seen: a sentence for people, and figures. */
export interface Finding {
  readonly line: string;
  readonly figures: object;
}

export interface MeasureOptions {
  /** Names of measurements. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** How many may run beside each other: most only wait for BullMQ's timers. */
  readonly atOnce: number;
  /** A file for all figures. */
  readonly json?: string | undefined;
  readonly print: (line: string) => void;
}

/** By name. Those that measure CPU time come last, so that they run beside little else. */
const measurements: Readonly<Record<string, () => Promise<Finding>>> = {
  "survivor-takeover": survivorTakeover,
  "restart-takeover": restartTakeover,
  deploys,
  "close-without-redis": closeWithoutRedis,
  "killing-job": killingJob,
  "corrupt-record": corruptRecord,
  "unhandled-rejection": unhandledRejection,
  outages,
  producers,
  "blocked-loop": blockedLoop,
  "killed-under-load": killedUnderLoad,
  refusals,
};

/** Measures and prints; 1 if a measurement could not be made. */
export async function measureRaw({ only, atOnce, json, print }: MeasureOptions): Promise<number> {
  const names = only ?? Object.keys(measurements);
  const unknown = names.find((name) => !(name in measurements));
  if (unknown !== undefined) {
    print(`no measurement is named "${unknown}": ${Object.keys(measurements).join(", ")}`);
    return 2;
  }
  const machine = {
    node: process.version,
    redis: redisVersion(),
    cores: cpus().length,
    date: new Date().toISOString(),
  };
  print(`BullMQ as it comes; Node ${machine.node}, ${machine.redis}, ${machine.cores} cores, load ${load()}`);

  const found: Record<string, object> = {};
  let failed = 0;
  const left = [...names];
  async function work(): Promise<void> {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const loadBefore = load();
      try {
        const { line, figures } = await measurements[name]!();
        print(`${name}: ${line} (load ${loadBefore} to ${load()})`);
        found[name] = { ...figures, line, loadBefore, loadAfter: load() };
      } catch (error) {
        failed++;
        print(`${name}: not measured: ${String(error)}`);
      }
      if (json !== undefined) writeFileSync(json, `${JSON.stringify({ ...machine, found }, undefined, 2)}\n`);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed > 0 ? 1 : 0;
}

const load = () => loadavg()[0]!.toFixed(1);

function redisVersion(): string {
  const [, version] = /v=(\S+)/.exec(execFileSync("redis-server", ["--version"], { encoding: "utf8" })) ?? [];
  return `Redis ${version}`;
}
