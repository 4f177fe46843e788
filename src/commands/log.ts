import { writeSync } from "node:fs";
import type { Logger } from "../definition/logger.ts";
import type { Style } from "../render/color.ts";
import { eventLevel, renderEvent } from "../render/events.ts";
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
  /** Takes all events instead, when the config has one. */
  readonly logger: Logger | undefined;
}

/** One event, one line. Lines of one turn of the loop are written together, and before anything else can end the process. */
export function createLog({ fd, format, style, verbose, logger }: LogOptions): OnEvent {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length === 0) return;
    const text = `${lines.join("\n")}\n`;
    lines = [];
    writeAll(fd, text);
  };
  process.on("exit", flush);

  return (event) => {
    const level = eventLevel(event);
    if (level === "debug" && !verbose) return;
    if (logger) return logger[level](event, renderEvent(event, style));
    if (lines.length === 0) setImmediate(flush);
    lines.push(
      format === "json" ? renderJsonLine(toLine(event, level)) : `${style.dim(clock())} ${renderEvent(event, style)}`,
    );
  };
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

function toLine({ type, ...rest }: RunnerEvent, level: string): object {
  const { level: _said, ...fields } = rest as { level?: string };
  return { time: new Date().toISOString(), level, event: type, ...fields };
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
