import { Job, type JobJson, type Processor, Worker, type WorkerOptions } from "bullmq";
import { type Broker, redisOf } from "../broker.ts";
import { refusalOf, untilAccepted } from "../refusal.ts";
import { createBackend } from "./backend.ts";

export interface SteadyWorker extends Worker {
  /** The ids in the broker of the jobs that this worker has taken and whose ends are not stored yet. */
  readonly held: Set<string>;
  /** How many requests for a job are on their way. */
  readonly fetching: number;
}

/** Why the record of a job cannot be read. */
export const unreadableOf: unique symbol = Symbol("unreadable");

/** BullMQ writes the traces of all attempts anew at each failure: of forty attempts they may be a megabyte. */
const keptTraces = 5;

/** BullMQ's worker, whose jobs' ends are tried until they are stored, and which survives records that it cannot read. */
export function createSteadyWorker(
  name: string,
  process: Processor,
  options: WorkerOptions,
  { broker, onRefused }: { readonly broker: Broker; readonly onRefused: (reason: string) => void },
): SteadyWorker {
  const held = new Set<string>();

  class SteadyJob extends Job {
    override moveToCompleted(result: unknown, token: string, fetchNext: boolean) {
      return untilStored(this, () => super.moveToCompleted(result, token, fetchNext));
    }

    // biome-ignore lint/suspicious/noExplicitAny: BullMQ's own types
    override moveToFailed(error: Error, token: string, fetchNext: boolean): Promise<any> {
      const traces = (this.stacktrace ?? []).slice(1 - keptTraces);
      return untilStored(this, () => {
        this.stacktrace = [...traces]; // each try would add the trace again
        return super.moveToFailed(error, token, fetchNext);
      });
    }
  }

  class HoldingWorker extends Worker {
    readonly held = held;
    fetching = 0;

    protected override moveToActive(token: string, name: string) {
      this.fetching++;
      return super.moveToActive(token, name).finally(() => this.fetching--);
    }

    protected override nextJobFromJobData(json?: JobJson, id?: string, token?: string): Promise<Job> {
      const next = super.nextJobFromJobData(json, id, token);
      if (json?.repeatJobKey === undefined) return next;
      // Where the next run of its schedule could not be made, BullMQ gives no job, but has taken it: it is to be given back.
      return next.then((job?: Job) => {
        if (!job) held.delete(id!);
        return job as Job;
      });
    }

    protected override createJob(json: JobJson, id: string): Job {
      held.add(id);
      try {
        if (json.name === undefined) throw new Error("it has no name");
        return SteadyJob.fromJSON(this, json, id);
      } catch (error) {
        const unreadable = error instanceof Error ? error.message : String(error);
        return Object.assign(new SteadyJob(this, json.name ?? "", {}, {}, id), { [unreadableOf]: unreadable });
      }
    }
  }

  /** Every job comes by here: one promise on its way where all is well. */
  function untilStored<Stored>(job: Job, store: () => Promise<Stored>): Promise<Stored | undefined> {
    return store().then(
      (stored) => {
        held.delete(job.id!);
        return stored;
      },
      (error) => storeLater(job, store, error),
    );
  }

  /** Once the handler has ended, only its end is left to tell: again and again, while the broker refuses. */
  async function storeLater<Stored>(
    job: Job,
    store: () => Promise<Stored>,
    first: unknown,
  ): Promise<Stored | undefined> {
    try {
      if (refusalOf(first) === undefined) throw first;
      return await untilAccepted(store, onRefused);
    } catch (error) {
      if (await isStored(job)) return undefined;
      throw error;
    } finally {
      held.delete(job.id!);
    }
  }

  /**
   * Where the connection broke after the end was stored and before that was heard, the second try finds no lock. The job is
   * brought up to date from its record then, for it is what is told.
   */
  async function isStored(job: Job): Promise<boolean> {
    const key = `${broker.prefix}:${name}:${job.id}`;
    const fields = await broker[redisOf].hmget(key, "ats", "atm", "finishedOn", "delay").catch(() => []);
    const [started, made, finishedOn, delay] = fields.map((field) => (field ? Number(field) : undefined));
    if (started !== job.attemptsStarted || made === undefined || made <= job.attemptsMade) return false;
    job.attemptsMade = made;
    job.delay = delay ?? 0;
    if (finishedOn !== undefined) job.finishedOn = finishedOn;
    return true;
  }

  return new HoldingWorker(name, process, options, createBackend(broker[redisOf]));
}
