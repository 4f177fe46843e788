import type { LiveRunner } from "../../../broker/store/runners.ts";
import type { Finding, Rule } from "../finding.ts";
import { forShell } from "../for-shell.ts";

/** Whether the workers agree with each other, and are well. */
export const judgeWorkers: Rule<readonly LiveRunner[]> = (workers) => {
  const apps = [...new Set(workers.map(({ app }) => app))];
  const findings = [
    ...apps.flatMap((app) =>
      judgeReleases(
        app,
        workers.filter((worker) => worker.app === app),
      ),
    ),
    ...judgeVersions(workers),
    ...workers.flatMap(judgeAbandoned),
  ];
  if (findings.length > 0) return findings;
  const what = workers.length === 1 ? "1 live worker" : `${workers.length} live workers`;
  return [{ level: "ok", check: "workers", what, why: null, fix: null }];
};

function judgeReleases(app: string, workers: readonly LiveRunner[]): Finding[] {
  const groups = groupBy(workers, ({ release }) => release);
  if (groups.size < 2) return [];
  const [oldest] = groups; // the workers are in the order of their starts
  return [
    {
      level: "warning",
      check: "workers",
      what: `${app} runs in ${groups.size} releases: ${listGroups(groups)}`,
      why: "during a deploy that is as it should be; later, old ones put off the jobs that only new ones know",
      fix: `taskq worker stop ${oldest![1].map(forShell).join(" ")}`,
    },
  ];
}

function judgeVersions(workers: readonly LiveRunner[]): Finding[] {
  const groups = groupBy(workers, ({ version }) => version);
  if (groups.size < 2) return [];
  return [
    {
      level: "warning",
      check: "workers",
      what: `workers have ${groups.size} versions of taskq: ${listGroups(groups)}`,
      why: "the older may not know what the newer promise",
      fix: "npm install taskq@latest, and deploy it everywhere",
    },
  ];
}

function judgeAbandoned({ name, active }: LiveRunner): Finding[] {
  const jobs = active.filter(({ abandoned }) => abandoned).map(({ job }) => job);
  if (jobs.length === 0) return [];
  return [
    {
      level: "warning",
      check: "workers",
      what: `worker ${name} has ${jobs.length} abandoned ${jobs.length === 1 ? "handler" : "handlers"}: ${[...new Set(jobs)].join(", ")}`,
      why: "they go on after their timeout; when they are as many as its concurrency, the worker ends",
      fix: `taskq worker stop ${forShell(name)}, and make the handlers heed their signal`,
    },
  ];
}

const mostNames = 5;

function groupBy(workers: readonly LiveRunner[], of: (worker: LiveRunner) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const worker of workers) groups.set(of(worker), [...(groups.get(of(worker)) ?? []), worker.name]);
  return groups;
}

function listGroups(groups: ReadonlyMap<string, readonly string[]>): string {
  return [...groups]
    .map(([key, names]) => `${key} (${names.slice(0, mostNames).join(", ")}${names.length > mostNames ? ", …" : ""})`)
    .join(", ");
}
