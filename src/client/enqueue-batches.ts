import type { Added, NewJob } from "../broker/enqueue.ts";
import { TaskqError } from "../errors.ts";

/** Writes jobs by the thousand, in order. */
export interface Batches {
  /** Where it returns a promise, await it: the writing has to catch up. */
  readonly push: (job: NewJob) => Promise<void> | undefined;
  /** Writes what is left. */
  readonly end: () => Promise<void>;
}

export type Write = (jobs: readonly NewJob[]) => Promise<readonly Added[]>;

const mostJobs = 1_000;
/** Of JSON text: a batch is one string in memory before it is sent, and has seconds to arrive. */
const mostLength = 8 * 1_048_576;

/** While one batch is on its way the next is made ready. */
export function createBatches(
  write: Write,
  onWritten: (jobs: readonly NewJob[], added: readonly Added[]) => void | Promise<void>,
): Batches {
  let batch: NewJob[] = [];
  let length = 0;
  let written = 0;
  let writing: Promise<void> = Promise.resolve();

  async function send(jobs: readonly NewJob[]): Promise<void> {
    try {
      const added = await write(jobs);
      written += jobs.length;
      await onWritten(jobs, added);
    } catch (error) {
      throw error instanceof TaskqError ? cutShort(error, written, jobs.length) : error;
    }
  }

  async function flush(): Promise<void> {
    const jobs = batch;
    batch = [];
    length = 0;
    await writing;
    writing = send(jobs);
    writing.catch(() => {}); // heard by the next flush, or by end
  }

  return {
    push(job) {
      batch.push(job);
      length += JSON.stringify(job.args).length;
      return batch.length === mostJobs || length > mostLength ? flush() : undefined;
    },
    async end() {
      await flush();
      await writing;
    },
  };
}

function cutShort({ code, message, hint, cause }: TaskqError, written: number, unsure: number): TaskqError {
  const said =
    written === 0
      ? `of the first ${unsure} jobs some may be written`
      : `the first ${written} jobs are written, and of the next ${unsure} some may be`;
  return new TaskqError(code, `${message}; ${said}`, {
    hint: [hint, "Ids of your own make it safe to send all of them again."].filter(Boolean).join(" "),
    cause,
  });
}
