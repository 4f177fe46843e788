import { readFileSync } from "node:fs";
import type { Config } from "../definition/config.ts";
import { configChecks } from "./check.ts";
import { expectedOf } from "./check-broker.ts";
import type { Environment } from "./environment.ts";
import { sources } from "./sources.ts";

export interface Layer {
  readonly values: Config;
  readonly problems: readonly string[];
}

const keys = Object.keys(sources) as (keyof Config)[];
const numbers: readonly (keyof Config)[] = ["concurrency", "maxArgsSize"];

/** The layer of the `TASKQ_*` variables. An empty one says nothing. */
export function readEnv(env: Environment): Layer {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];

  for (const key of keys) {
    const name = sources[key].env;
    const text = name === null ? undefined : env[name];
    if (name === null || !text) continue;
    values[key] = numbers.includes(key) && /^\d+$/.test(text) ? Number(text) : text;
    problems.push(...configChecks[key](values[key], name));
  }
  if (!values.broker && env.TASKQ_BROKER_URL_FILE) {
    const { broker, problem } = readBrokerFile(env.TASKQ_BROKER_URL_FILE);
    values.broker = broker;
    if (problem) problems.push(problem);
  }
  return { values, problems };
}

/** What such a file holds is a secret, whatever it looks like: no message quotes it. */
function readBrokerFile(file: string): { readonly broker?: string; readonly problem?: string } {
  try {
    const broker = readFileSync(file, "utf8").trim();
    const expected = expectedOf(broker);
    if (expected === undefined) return { broker };
    return { problem: `TASKQ_BROKER_URL_FILE must hold ${expected}: ${file} does not` };
  } catch (error) {
    return { problem: `TASKQ_BROKER_URL_FILE cannot be read: ${(error as Error).message}` };
  }
}
