import type { Broker } from "../broker/broker.ts";
import { type JobDetail, readJobDetail } from "../broker/look/job-detail.ts";
import { jobIsGone, locateJob } from "../broker/look/locate-job.ts";

/** One job by its id, wherever it is. Throws JOB_NOT_FOUND, or USAGE where two queues hold the id. */
export async function showJob(
  broker: Broker,
  id: string,
  queue: string | undefined,
  redact: readonly string[],
): Promise<JobDetail> {
  const place = await locateJob(broker, id, queue);
  return (await readJobDetail(broker, place, redact)) ?? jobIsGone(id, [place.queue]);
}
