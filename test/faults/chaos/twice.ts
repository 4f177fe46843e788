import type { Entry } from "../ledger.ts";
import type { Evidence, Life } from "./evidence.ts";
import { awayMs, longestStopMs } from "./spans.ts";

export interface Twice {
  readonly unexplained: readonly string[];
  readonly afterStop: readonly string[];
  readonly afterKill: readonly string[];
  /** Of those after a stop, the ones that no worker logged as `lockLost`. */
  readonly unlogged: readonly string[];
}

/** Half a lock of 15 s: the last renewal before a stop may have been that long ago. */
const beyondLockMs = 7_500;
/** An end is stored at once; on a busy machine within this, and after an absence of Redis within that. */
const storedWithinMs = 1_000;
const backWithinMs = 3_000;

/** Every job that ended more than once, by what explains it. */
export function judgeTwice(evidence: Evidence): Twice {
  const twice = { unexplained: [] as string[], afterStop: [] as string[], afterKill: [] as string[] };
  const unlogged: string[] = [];
  const logged = (id: string) =>
    evidence.lives.some(({ events }) => events.some((each) => each.event === "lockLost" && each.id === id));

  for (const [id, entries] of group(evidence.entries)) {
    const ends = entries.filter(({ what }) => what === "end");
    if (ends.length < 2) continue;
    const stopped = ends.filter((end) => wasStopped(end, entries, evidence));
    const unstored = ends.filter((end) => !stopped.includes(end) && wasNotStored(end, evidence));
    if (ends.length - 1 > stopped.length + unstored.length) twice.unexplained.push(id);
    else if (stopped.length > 0) {
      twice.afterStop.push(id);
      if (!logged(id) && !stopped.every((end) => couldNotLog(end, evidence))) unlogged.push(id);
    } else twice.afterKill.push(id);
  }
  return { ...twice, unlogged };
}

/** Frozen for so long, between the start and the end of this run, that its lock may have lapsed. */
function wasStopped(end: Entry, entries: readonly Entry[], { lives, redisAway }: Evidence): boolean {
  const life = lifeOf(end, lives);
  const start = entries.findLast(({ what, pid, atMs }) => what === "start" && pid === end.pid && atMs <= end.atMs);
  if (!life || !start) return false;
  return longestStopMs(life.stops, redisAway, { fromMs: start.atMs, toMs: end.atMs }) >= beyondLockMs;
}

/** Its process was gone before the end could be stored: short of that, nothing excuses an end that is not. */
function wasNotStored(end: Entry, { lives, redisAway }: Evidence): boolean {
  const life = lifeOf(end, lives);
  if (life?.goneMs === undefined) return false;
  if (life.events.some(({ event, id }) => event === "completed" && id === end.id)) return false;
  const span = { fromMs: end.atMs, toMs: life.goneMs };
  const hadMs = span.toMs - span.fromMs - awayMs([...life.stops, ...redisAway], span);
  return hadMs <= (awayMs(redisAway, span) > 0 ? backWithinMs : storedWithinMs);
}

function couldNotLog(end: Entry, { lives }: Evidence): boolean {
  const life = lifeOf(end, lives);
  return life?.killed === true && life.goneMs! - end.atMs <= storedWithinMs;
}

const lifeOf = ({ pid }: Entry, lives: readonly Life[]) => lives.find((life) => life.pid === pid);

function group(entries: readonly Entry[]): Map<string, Entry[]> {
  const byId = new Map<string, Entry[]>();
  for (const entry of entries) {
    const same = byId.get(entry.id);
    if (same) same.push(entry);
    else byId.set(entry.id, [entry]);
  }
  return byId;
}
