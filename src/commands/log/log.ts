import { writeSync } from "node:fs";
import type { Logger } from "../../definition/logger.ts";
import type { Style } from "../../render/color.ts";
import { escapeJson, escapeText } from "../../render/escape.ts";
import { renderEvent } from "../../render/events/events.ts";
import { eventLevel } from "../../render/events/level.ts";
import type { OnEvent, RunnerEvent } from "../../runner/events.ts";

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
    lines.push(format === "json" ? toLine(event, level, worker) : `${begin()} ${renderEvent(event, style)}`);
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

/**
 * The event as JSON, its `type` called `event`, with what a line needs before it. Every job comes by here: an object made of
 * another one is dearer than all of the text, and `type` stands first in every event.
 */
function toLine(event: RunnerEvent, level: string, worker: string | undefined): string {
  const rest = JSON.stringify(event).slice(`{"type":"${event.type}"`.length);
  const from = worker === undefined ? "" : `,"worker":${JSON.stringify(worker)}`;
  return escapeJson(`{"time":"${isoTime()}","level":"${level}","event":"${event.type}"${from}${rest}`);
}

let writtenSecond = 0;
/** Up to its point. */
let written = "";

/** Many lines are of one second, and to write a date is dear. */
function isoTime(): string {
  const nowMs = Date.now();
  const second = Math.floor(nowMs / 1_000);
  if (second !== writtenSecond) {
    writtenSecond = second;
    written = new Date(nowMs).toISOString().slice(0, 20);
  }
  return `${written}${String(nowMs % 1_000).padStart(3, "0")}Z`;
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
