import type { Broker } from "../broker/broker.ts";
import { type JobDetail, readJobDetail } from "../broker/look/job-detail.ts";
import { type JobState, jobStates } from "../broker/look/job-state.ts";
import { listJobs } from "../broker/look/list-jobs.ts";
import { locateJob } from "../broker/look/locate-job.ts";
import { readQueueCounts } from "../broker/look/queue-counts.ts";
import { findJob } from "../broker/look/read-job.ts";
import { type StoredJob, toStoredJob } from "../broker/look/stored-job.ts";
import { readQueueNames } from "../broker/store/queue-names.ts";
import { TaskqError } from "../errors.ts";

export interface JobsOptions {
  /** BullMQ's words. Default: all. */
  readonly state?: JobState | undefined;
  /** Default: every queue that taskq has met. */
  readonly queue?: string | undefined;
  /** How many at most. Default: all. */
  readonly limit?: number | undefined;
}

/** Looks at what is stored. */
export interface Look {
  /** The job of an id as `taskq job show` tells it, with nothing hidden, or undefined. `queue`: where two queues hold the id. */
  readonly job: (id: string, options?: { readonly queue?: string | undefined }) => Promise<JobDetail | undefined>;
  /** The next to run first, of those that have ended the latest. Which they are is read first, the jobs in pages. */
  readonly jobs: (options?: JobsOptions) => AsyncIterable<StoredJob>;
  readonly count: (options?: Omit<JobsOptions, "limit">) => Promise<number>;
}

export function createLook(broker: Broker): Look {
  const queuesOf = async (queue: string | undefined) => (queue === undefined ? readQueueNames(broker) : [queue]);

  return {
    async job(id, { queue } = {}) {
      if ((await findJob(broker, id, await queuesOf(queue))).length === 0) return undefined;
      const place = await locateJob(broker, id, queue);
      return readJobDetail(broker, place, []);
    },
    async *jobs({ state, queue, limit = Number.POSITIVE_INFINITY } = {}) {
      let left = checkLimit(limit);
      const states = statesOf(state);
      for (const name of await queuesOf(queue)) {
        for (const each of states) {
          if (left <= 0) return;
          for await (const job of listJobs(broker, name, each, left)) {
            yield toStoredJob(job, []);
            if (--left <= 0) return;
          }
        }
      }
    },
    async count({ state, queue } = {}) {
      const states = statesOf(state);
      const counts = await readQueueCounts(broker, await queuesOf(queue));
      return counts.flatMap((each) => states.map((one) => each[fieldOf(one)])).reduce((sum, count) => sum + count, 0);
    },
  };
}

const fieldOf = (state: JobState) => (state === "waiting-children" ? "waitingChildren" : state);

function statesOf(state: JobState | undefined): readonly JobState[] {
  if (state === undefined) return jobStates;
  if (jobStates.includes(state)) return [state];
  throw new TaskqError("USAGE", `"${state}" is no state of a job`, { hint: `Take one of ${jobStates.join(", ")}.` });
}

function checkLimit(limit: number): number {
  if (limit === Number.POSITIVE_INFINITY || (Number.isInteger(limit) && limit >= 1)) return limit;
  throw new TaskqError("USAGE", `limit must be a whole number from 1, not ${limit}`);
}
