import type { ShipFacts } from "./facts.ts";
import { workerWords } from "./worker-words.ts";

/** One line of a Procfile. `exec`, since the line goes through a shell, which would keep the signals to itself. */
export function generateProcfile(facts: ShipFacts): string {
  return `worker: exec ${workerWords(facts).map(quote).join(" ")}\n`;
}

function quote(word: string): string {
  return /^[\w./:=@,+-]+$/.test(word) ? word : `'${word.replace(/\p{Cc}+/gu, " ").replaceAll("'", `'\\''`)}'`;
}
