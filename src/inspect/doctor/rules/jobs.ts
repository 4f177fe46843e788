import type { ActiveJob, Lines } from "../../../broker/doctor/read-lines.ts";
import type { Declared } from "../../../broker/store/releases.ts";
import type { LiveRunner } from "../../../broker/store/runners.ts";
import type { Finding, Rule } from "../finding.ts";
import { forShell } from "../for-shell.ts";

export interface JobsKnown {
  readonly lines: readonly Lines[];
  readonly workers: readonly LiveRunner[];
  readonly releases: ReadonlyMap<string, Declared>;
}

/** Whether each job that waits has a handler, and each that is active a worker. */
export const judgeJobs: Rule<JobsKnown> = ({ lines, workers, releases }) => {
  const alive = new Set(workers.map(({ id }) => id));
  const findings = lines.flatMap((line) => {
    const takers = workers.filter(({ queues }) => queues.some(({ queue }) => queue === line.queue));
    return [...judgeNames(line, takers, releases), ...judgeActive(line, takers.length > 0, alive)];
  });
  if (findings.length > 0) return findings;
  return [{ level: "ok", check: "jobs", what: "each job has a handler or waits for a worker", why: null, fix: null }];
};

/** A queue without workers is another finding; of a release of which nothing is known nothing is said. */
function judgeNames(
  { queue, names }: Lines,
  takers: readonly LiveRunner[],
  releases: ReadonlyMap<string, Declared>,
): Finding[] {
  const declared = takers.map(({ release }) => releases.get(release));
  if (takers.length === 0 || declared.includes(undefined)) return [];
  const known = new Set(declared.flatMap((each) => each!.jobs));
  return [...names]
    .filter(([name]) => !known.has(name))
    .map(([name, count]) => ({
      level: "error",
      check: "jobs",
      what: `${count} of the next jobs of queue ${queue} are ${name}, which no live worker of it knows`,
      why: "workers put them off, and fail them for good when unknownJobGrace has passed",
      fix: `deploy a worker that has the job; taskq job list --queue ${forShell(queue)} --job ${forShell(name)}`,
    }));
}

function judgeActive({ queue, active }: Lines, hasWorkers: boolean, alive: ReadonlySet<string>): Finding[] {
  const isLeft = ({ isLocked, runner }: ActiveJob) => !isLocked || (runner !== null && !alive.has(runner));
  const left = active.filter(isLeft);
  if (left.length === 0) return [];
  const some = left
    .slice(0, 3)
    .map(({ id }) => id)
    .join(", ");
  return [
    {
      level: hasWorkers ? "warning" : "error",
      check: "stalled",
      what: `queue ${queue} has ${left.length} active ${left.length === 1 ? "job" : "jobs"} whose worker is gone: ${some}`,
      why: hasWorkers ? "they run again when they are taken back, within 20 s" : "no worker is there to take them back",
      fix: hasWorkers ? "taskq doctor, once more in 20 s" : `taskq run-worker --queue ${forShell(queue)}`,
    },
  ];
}
