import { writeSync } from "node:fs";
import type { Logger } from "../definition/logger.ts";
import type { Style } from "../render/color.ts";
import { escapeText } from "../render/escape.ts";
import { eventLevel } from "../render/event-level.ts";
import { renderEvent } from "../render/events.ts";
import { renderJsonLine } from "../render/json.ts";
import type { OnEvent, RunnerEvent } from "../runner/events.ts";

export interface LogOptions {
  /** Where lines go: a file descriptor. */
  readonly fd: number;
  /** `pretty` on a terminal, `json` elsewhere. */
  readonly format: "pretty" | "json";
  readonly style: Style;
  /** Also what is of interest to a developer only, such as each job's start. */
  readonly verbose: boolean;
  /** Which process writes, where several write to one place. */
  readonly worker?: string | undefined;
  /** Takes all events instead, when the config has one. */
  readonly logger: Logger | undefined;
}

/** One event, one line. Lines of one turn of the loop are written together, and before anything else can end the process. */
export function createLog({ fd, format, style, verbose, worker, logger }: LogOptions): OnEvent {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length === 0) return;
    const ready = lines;
    lines = [];
    for (const text of worker === undefined ? [ready.join("\n")] : inPieces(ready)) writeAll(fd, `${text}\n`);
  };
  process.on("exit", flush);

  return (event) => {
    const level = eventLevel(event);
    if (level === "debug" && !verbose) return;
    if (logger) return logger[level](worker === undefined ? event : { worker, ...event }, renderEvent(event, style));
    if (lines.length === 0) setImmediate(flush);
    lines.push(
      format === "json" ? renderJsonLine(toLine(event, level, worker)) : `${begin()} ${renderEvent(event, style)}`,
    );
  };

  function begin(): string {
    const time = style.dim(clock());
    return worker === undefined ? time : `${time} ${escapeText(worker)}`;
  }
}

/** What a pipe takes at once is never mixed with what other processes write. */
const undividedBytes = 4_096;

/** Whole lines, together as long as a pipe takes them at once. */
function inPieces(lines: readonly string[]): string[] {
  const pieces: string[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    if (bytes + size > undividedBytes) {
      pieces.push(line);
      bytes = size;
    } else {
      pieces.push(`${pieces.pop()}\n${line}`);
      bytes += size;
    }
  }
  return pieces;
}

/** A full pipe refuses for a moment; a closed one has nobody left to tell. */
function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}

/** Every job comes by here: leaving a field undefined is three times as fast as a copy without it. */
function toLine(event: RunnerEvent, level: string, worker: string | undefined): object {
  return { time: isoTime(), level, event: event.type, worker, ...event, type: undefined };
}

let writtenMs = 0;
let written = "";

/** Many lines are of one millisecond, and to write a date is dear. */
function isoTime(): string {
  const nowMs = Date.now();
  if (nowMs !== writtenMs) {
    writtenMs = nowMs;
    written = new Date(nowMs).toISOString();
  }
  return written;
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
