import type { ChaosResult } from "./run.ts";

const shownAtMost = 20;

/** The table at the end, then every broken promise with what shows it. */
export function renderChaos(result: ChaosResult): string {
  const { faults, broken } = result;
  const kinds = [...new Set(faults.map(({ kind }) => kind))].sort();
  const rows: readonly (readonly [string, number | string])[] = [
    ["acknowledged", result.acknowledged],
    ["lost", `${result.lost} (must be 0)`],
    ["finished twice", `${result.twice} (must be 0)`],
    ["finished twice, worker stopped beyond its lock", result.twiceAfterStop],
    ["finished twice, worker gone before the end was stored", result.twiceAfterKill],
    ["failed", `${result.failed} (must be 0)`],
    ["starts", result.starts],
    ["longest standstill", seconds(result.standstillMs)],
    ["longest close", seconds(result.longestCloseMs)],
    ...kinds.map((kind) => [`faults: ${kind}`, faults.filter((fault) => fault.kind === kind).length] as const),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  for (const { promise, shown } of broken) {
    lines.push("", `BROKEN: ${promise} (${shown.length})`, ...shown.slice(0, shownAtMost).map((line) => `  ${line}`));
  }
  lines.push("", broken.length === 0 ? "Every promise was kept." : `Broken promises: ${broken.length}.`);
  return lines.join("\n");
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
