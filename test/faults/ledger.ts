import { closeSync, openSync, readSync } from "node:fs";
import { until } from "./until.ts";

/** One line of the ledger: a job's start or end, in the process that ran it. */
export interface Entry {
  readonly what: "start" | "end";
  readonly id: string;
  readonly pid: number;
  readonly atMs: number;
}

/** What the jobs themselves wrote, whatever became of their process. */
export interface Ledger {
  readonly entries: () => readonly Entry[];
  readonly started: (id: string) => Entry[];
  readonly ended: (id: string) => Entry[];
  /** Those that never ended. */
  readonly lost: (ids: readonly string[]) => string[];
  /** Those that ended more than once. */
  readonly twice: () => string[];
  readonly waitFor: (predicate: (ledger: Ledger) => boolean, limitMs?: number) => Promise<void>;
}

/** Reads a ledger that others go on writing. Each look reads only what is new: a long run has many lines. */
export function openLedger(file: string): Ledger {
  const seen: Entry[] = [];
  const byId = new Map<string, Entry[]>();
  const buffer = Buffer.alloc(1 << 16);
  let offset = 0;
  let cut = ""; // a line may be written while it is read

  function entries(): readonly Entry[] {
    const lines = (cut + readOn()).split("\n");
    cut = lines.pop()!;
    for (const line of lines) note(toEntry(line));
    return seen;
  }

  function readOn(): string {
    const fd = openSync(file, "r");
    try {
      let text = "";
      for (let bytes = -1; bytes !== 0; offset += bytes) {
        bytes = readSync(fd, buffer, 0, buffer.length, offset);
        text += buffer.toString("latin1", 0, bytes);
      }
      return text;
    } finally {
      closeSync(fd);
    }
  }

  function note(entry: Entry): void {
    seen.push(entry);
    const same = byId.get(entry.id);
    if (same) same.push(entry);
    else byId.set(entry.id, [entry]);
  }

  function of(what: Entry["what"], id: string): Entry[] {
    entries();
    return (byId.get(id) ?? []).filter((entry) => entry.what === what);
  }

  const ledger: Ledger = {
    entries,
    started: (id) => of("start", id),
    ended: (id) => of("end", id),
    lost: (ids) => ids.filter((id) => of("end", id).length === 0),
    twice() {
      entries();
      return [...byId].filter(([, same]) => same.filter(({ what }) => what === "end").length > 1).map(([id]) => id);
    },
    waitFor: (predicate, limitMs) => until(() => predicate(ledger), "the ledger", limitMs),
  };
  return ledger;
}

function toEntry(line: string): Entry {
  const [what, id, pid, atMs] = line.split(" ") as [Entry["what"], string, string, string];
  return { what, id, pid: Number(pid), atMs: Number(atMs) };
}
