import type { StoredSchedule } from "../../../broker/schedules/schedulers.ts";
import type { Declared } from "../../../broker/store/releases.ts";
import type { LiveRunner } from "../../../broker/store/runners.ts";
import type { Rule } from "../finding.ts";

export interface SchedulesKnown {
  readonly schedules: readonly StoredSchedule[];
  readonly workers: readonly LiveRunner[];
  readonly releases: ReadonlyMap<string, Declared>;
}

/** Whether each schedule is one that a live release of its app declares. */
export const judgeSchedules: Rule<SchedulesKnown> = ({ schedules, workers, releases }) => {
  const orphans = schedules.filter((schedule) => isOrphan(schedule, workers, releases));
  if (orphans.length === 0) {
    const what = `${schedules.length} ${schedules.length === 1 ? "schedule" : "schedules"}, no orphan`;
    return [{ level: "ok", check: "schedules", what, why: null, fix: null }];
  }
  return orphans.map(({ name, queue, app }) => ({
    level: "warning",
    check: "schedules",
    what: `schedule ${name} on queue ${queue} is no longer declared by ${app}`,
    why: "it goes on enqueueing jobs",
    fix: "start a worker for all queues of the app: it removes what is no longer declared",
  }));
};

/** Without a live worker of its app nobody can say so. */
function isOrphan({ name, app }: StoredSchedule, workers: readonly LiveRunner[], releases: SchedulesKnown["releases"]) {
  const ofApp = workers.filter((worker) => app !== undefined && worker.app === app);
  const declared = ofApp.map(({ release }) => releases.get(release));
  return ofApp.length > 0 && declared.every((each) => each !== undefined && !each.schedules.includes(name));
}
