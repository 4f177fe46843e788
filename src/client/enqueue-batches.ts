import type { Added } from "../broker/enqueue/enqueue.ts";
import type { NewJob } from "../broker/enqueue/new-job.ts";
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
/** While the broker works on one, the next is made ready and sent. */
const mostOnTheirWay = 2;

export function createBatches(
  write: Write,
  onWritten: (jobs: readonly NewJob[], added: readonly Added[]) => void | Promise<void>,
): Batches {
  const onTheirWay: { readonly jobs: readonly NewJob[]; readonly answer: Promise<readonly Added[]> }[] = [];
  let batch: NewJob[] = [];
  let length = 0;
  let written = 0;

  async function send(): Promise<void> {
    const jobs = batch;
    batch = [];
    length = 0;
    // One that replaces jobs asks first what is there: so it goes alone.
    const most = jobs[0]?.replace ? 1 : mostOnTheirWay;
    while (onTheirWay.length >= most) await hearOldest();
    const answer = write(jobs);
    answer.catch(() => {}); // heard in its turn
    onTheirWay.push({ jobs, answer });
  }

  async function hearOldest(): Promise<void> {
    const { jobs, answer } = onTheirWay[0]!;
    const added = await answer.catch(fail);
    onTheirWay.shift();
    written += jobs.length;
    try {
      await onWritten(jobs, added);
    } catch (error) {
      return fail(error);
    }
  }

  /** Those behind a batch that failed may be written too. */
  async function fail(error: unknown): Promise<never> {
    await Promise.allSettled(onTheirWay.map(({ answer }) => answer));
    const unsure = onTheirWay.reduce((sum, { jobs }) => sum + jobs.length, 0);
    throw error instanceof TaskqError ? cutShort(error, written, unsure) : error;
  }

  return {
    push(job) {
      batch.push(job);
      length += JSON.stringify(job.args).length;
      return batch.length === mostJobs || length > mostLength ? send() : undefined;
    },
    async end() {
      if (batch.length > 0) await send();
      while (onTheirWay.length > 0) await hearOldest();
    },
  };
}

function cutShort({ code, message, hint, cause }: TaskqError, written: number, unsure: number): TaskqError {
  const sure = `the first ${written} jobs are written`;
  const said =
    unsure === 0
      ? sure
      : written === 0
        ? `of the first ${unsure} jobs some may be written`
        : `${sure}, and of the next ${unsure} some may be`;
  return new TaskqError(code, `${message}; ${said}`, {
    hint: [hint, "Ids of your own make it safe to send all of them again."].filter(Boolean).join(" "),
    cause,
  });
}
