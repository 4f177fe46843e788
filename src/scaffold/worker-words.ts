import type { ShipFacts } from "./facts.ts";

/** By its file: a wrapper such as npx would stand between the signals and the worker. */
const program = ["node", "node_modules/taskq/dist/bin/taskq.js"];

/** A command line of taskq in the deployed project, word by word, not yet quoted. */
export function taskqWords({ configFile }: Pick<ShipFacts, "configFile">, ...words: readonly string[]): string[] {
  return [...program, ...words, ...(configFile === undefined ? [] : ["--config", configFile])];
}

/** The command line that runs the workers. */
export function workerWords(facts: ShipFacts, ...more: readonly string[]): string[] {
  const { processes } = facts;
  return [...taskqWords(facts, "run-worker"), ...(processes === undefined ? [] : ["--processes", processes]), ...more];
}
