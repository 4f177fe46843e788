import type { Evidence, Life } from "./evidence.ts";
import { awayMs } from "./spans.ts";

/** `shutdownTimeout` and its two seconds, and something for a busy machine. */
const closesWithinMs = 25_000 + 2_000 + 3_000;

/** How the workers that were told to close did so. */
export function closings({ lives, redisAway }: Evidence): { readonly longestMs: number; readonly bad: string[] } {
  const closed = lives.filter((life) => life.closedMs !== undefined && hasStarted(life) && !life.killed);
  const tookMs = (life: Life) => {
    const span = { fromMs: life.closedMs!, toMs: life.goneMs ?? Number.POSITIVE_INFINITY };
    return span.toMs - span.fromMs - awayMs(life.stops, span); // who is stopped cannot close
  };
  // Where Redis is away to the end, what still runs cannot be put back, and 1 says so.
  const isGood = (life: Life) =>
    life.end === 0 || (life.end === 1 && awayMs(redisAway, { fromMs: life.closedMs!, toMs: life.goneMs! }) > 0);

  return {
    longestMs: Math.max(0, ...closed.map(tookMs)),
    bad: closed
      .filter((life) => !isGood(life) || tookMs(life) > closesWithinMs)
      .map((life) => `pid ${life.pid} ended with ${life.end} after ${tookMs(life)} ms; ${lastWords(life)}`),
  };
}

/** Workers that ended although nobody told them to. A start without Redis may end with 3. */
export function selfEnded({ lives }: Evidence): string[] {
  return lives
    .filter((life) => life.goneMs !== undefined && !life.killed && life.closedMs === undefined)
    .filter((life) => hasStarted(life) || life.end !== 3)
    .map((life) => `pid ${life.pid} ended with ${life.end}; ${lastWords(life)}`);
}

/** What a process said last, single jobs apart. */
function lastWords({ events, complaints = "" }: Life): string {
  const said = events.filter(({ event }) => event !== "completed" && event !== "failed").slice(-6);
  return [...said.map((event) => JSON.stringify(event)), complaints.trim()].join(" ").trim();
}

const hasStarted = ({ events }: Life) => events.some(({ event }) => event === "started");
