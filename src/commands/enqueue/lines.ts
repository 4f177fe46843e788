import { enqueueMany } from "../../broker/enqueue/enqueue-many.ts";
import { tellEnqueued } from "../../client/enqueue-hooks.ts";
import { createPrepare, type Prepare } from "../../client/enqueue-prepare.ts";
import { enqueueRows, type Row } from "../../client/enqueue-rows.ts";
import type { EnqueueOptions } from "../../definition/enqueue.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import type { CatalogJob } from "../../discovery/catalog.ts";
import { TaskqError } from "../../errors.ts";
import { renderProgress, renderReject, renderTally } from "../../render/job/tally.ts";
import type { CommandContext } from "../program/command.ts";
import type { EnqueueFlags } from "./flags.ts";
import { type Line, openLines } from "./source.ts";

export interface LinesCall {
  readonly config: ResolvedConfig;
  readonly job: CatalogJob;
  readonly options: EnqueueOptions;
  readonly flags: EnqueueFlags;
  readonly words: readonly string[];
}

interface LineRow extends Row {
  readonly number: number;
}

/** How many bad lines are told of before the rest is only counted. */
const told = 20;

/** Enqueues a job for each line of `--ndjson`. Returns the exit code. */
export async function enqueueLines(context: CommandContext, call: LinesCall): Promise<number> {
  const { broker, output, nowMs, stdin, interrupted } = context;
  const { config, job, options, flags } = call;
  refuseOthers(call);
  const prepare = createPrepare(config, job, options);
  const signal = interrupted();
  // JSON may be written longer than it is stored: with spaces, and with six characters for one.
  const longest = 8 * prepare.maxArgsSize;
  const source = await openLines(flags.ndjson!, stdin, { signal, longest });
  const opened = flags.dryRun ? undefined : await broker();

  const startMs = nowMs();
  const onTheWay: number[] = [];
  let done = 0;
  let rejected = 0;
  const tally = await enqueueRows<LineRow>({
    rows: rowsOf(source.lines, longest, prepare, (number) => onTheWay.push(number)),
    write: async (jobs) => (opened ? enqueueMany(opened, jobs) : jobs.map(() => ({ created: true, replaced: null }))),
    onReject({ number }, { message }) {
      if (++rejected <= told) output.problem(renderReject(number, message));
    },
    async onWritten(jobs, added, soFar) {
      if (opened) await tellEnqueued(opened, config, jobs, added, options);
      done = onTheWay.splice(0, jobs.length).at(-1) ?? done;
      output.progress(renderProgress(soFar, nowMs() - startMs));
    },
  }).catch((error) => {
    throw error instanceof TaskqError ? cutShort(error, done) : error;
  });

  const { enqueued, duplicates } = tally;
  const document = flags.dryRun ? { dryRun: true, valid: enqueued, rejected } : { enqueued, duplicates, rejected };
  output.progress("");
  if (rejected > told) output.problem(`and ${rejected - told} more rejected lines`);
  output.data(document, ({ style }) => renderTally(tally, style, flags.dryRun === true));
  if (signal.aborted) output.problem(`interrupted: nothing was read after line ${source.lastNumber()}`);
  const failure = source.failure();
  if (failure) throw failure;
  return signal.aborted ? 130 : rejected > 0 ? 2 : 0;
}

function refuseOthers({ flags: { args, jobId, wait }, words }: LinesCall): void {
  const given = { "--args": args, "--job-id": jobId, "--wait": wait };
  const [other = words[0]] = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (other === undefined) return;
  throw new TaskqError("USAGE", `--ndjson and ${other} do not go together: each line is the args of a job of its own`);
}

async function* rowsOf(
  lines: AsyncIterable<Line>,
  longest: number,
  prepare: Prepare,
  onGood: (number: number) => void,
): AsyncGenerator<LineRow> {
  for await (const { number, text } of lines) {
    yield {
      number,
      settle: () => prepare.settle(parse(text, longest)),
      make(checked) {
        onGood(number);
        return prepare.make(checked);
      },
    };
  }
}

function parse(text: string, longest: number): unknown {
  if (text.length > longest) throw new TaskqError("ARGS_INVALID", `the line is longer than ${longest} characters`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TaskqError("ARGS_INVALID", `the line is not JSON (${(error as Error).message})`);
  }
}

function cutShort({ code, message, hint, cause }: TaskqError, done: number): TaskqError {
  return new TaskqError(code, message, { hint: `${hint ?? ""} The lines up to ${done} are done.`.trim(), cause });
}
