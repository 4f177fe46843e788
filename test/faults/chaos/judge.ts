import type { Entry } from "../ledger.ts";
import { closings, selfEnded } from "./closings.ts";
import type { Evidence } from "./evidence.ts";
import { judgeTwice } from "./twice.ts";

/** A promise that was not kept, with what shows it. */
export interface Broken {
  readonly promise: string;
  readonly shown: readonly string[];
}

export interface Verdict {
  readonly acknowledged: number;
  readonly lost: number;
  /** Ended twice and nothing that was done to a worker explains it. */
  readonly twice: number;
  /** Ended twice, for their worker was stopped for longer than it can keep a lock. */
  readonly twiceAfterStop: number;
  /** Ended twice, for their worker was gone before it could store their end. */
  readonly twiceAfterKill: number;
  readonly failed: number;
  readonly starts: number;
  /** The longest time between two starts. */
  readonly standstillMs: number;
  readonly longestCloseMs: number;
  readonly broken: readonly Broken[];
}

/** Holds what happened against what is promised. */
export function judge(evidence: Evidence): Verdict {
  const { acknowledged, entries, failed } = evidence;
  const ended = new Set(entries.flatMap(({ what, id }) => (what === "end" ? [id] : [])));
  const lost = acknowledged.filter((id) => !ended.has(id) && !failed.has(id));
  const { unexplained, afterStop, afterKill, unlogged } = judgeTwice(evidence);
  const closed = closings(evidence);
  const lines = (id: string) => show(id, entries);

  const broken: Broken[] = [
    { promise: "no acknowledged job is lost", shown: lost.map(lines) },
    { promise: "a job that finished runs again only if its worker lost its lock", shown: unexplained.map(lines) },
    { promise: "a lost lock is logged", shown: unlogged.map(lines) },
    {
      promise: "faults of workers and of Redis fail no job",
      shown: [...failed].map(([id, reason]) => `${lines(id)} failed: ${reason}`),
    },
    { promise: "a worker does not end by itself", shown: selfEnded(evidence) },
    { promise: "a worker closes in good order and in time", shown: closed.bad },
  ];
  return {
    acknowledged: acknowledged.length,
    lost: lost.length,
    twice: unexplained.length,
    twiceAfterStop: afterStop.length,
    twiceAfterKill: afterKill.length,
    failed: failed.size,
    starts: entries.filter(({ what }) => what === "start").length,
    standstillMs: longestGap(entries),
    longestCloseMs: closed.longestMs,
    broken: broken.filter(({ shown }) => shown.length > 0),
  };
}

function show(id: string, entries: readonly Entry[]): string {
  const lines = entries
    .filter((entry) => entry.id === id)
    .map(({ what, pid, atMs }) => `${what} pid=${pid} at=${atMs}`);
  return `${id}: ${lines.join(", ") || "no line in the ledger"}`;
}

function longestGap(entries: readonly Entry[]): number {
  const starts = entries.flatMap(({ what, atMs }) => (what === "start" ? [atMs] : [])).sort((a, b) => a - b);
  return starts.reduce((longest, atMs, index) => Math.max(longest, atMs - (starts[index - 1] ?? atMs)), 0);
}
