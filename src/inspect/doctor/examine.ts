import type { Fact, Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { judgeDistance } from "./rules/distance.ts";
import { judgeJobs } from "./rules/jobs.ts";
import { judgePermissions } from "./rules/permissions.ts";
import { judgeQueues } from "./rules/queues.ts";
import { judgeSchedules } from "./rules/schedules.ts";
import { judgeServer } from "./rules/server.ts";
import { judgeUnits } from "./rules/units.ts";
import { judgeWorkers } from "./rules/workers.ts";

const ranks = { error: 0, warning: 1, ok: 2 } as const;

/** Judges the facts: errors first. What the broker refused to tell is a finding too. */
export function examine(facts: Facts, prefix: string): Finding[] {
  const { server, permissions, distance, queues, lines, schedules, workers, releases, units, nowMs, keepFailed } =
    facts;
  const findings = [
    judge("server", { server }, (known) => judgeServer({ ...known, nowMs })),
    judge("permissions", { permissions }, (known) => judgePermissions({ ...known.permissions, prefix })),
    judge("latency", { distance }, (known) => judgeDistance(known.distance)),
    judge("queues", { queues }, (known) => judgeQueues({ ...known, keepFailed })),
    judge("jobs", { lines, workers, releases }, judgeJobs),
    judge("schedules", { schedules, workers, releases }, judgeSchedules),
    judge("workers", { workers }, (known) => judgeWorkers(known.workers)),
    judgeUnits(units),
  ];
  return findings.flat().sort((a, b) => ranks[a.level] - ranks[b.level]);
}

type Known<Asked> = { readonly [Name in keyof Asked]: Asked[Name] extends Fact<infer Value> ? Value : never };

/** A rule whose facts were refused says so instead. */
function judge<Asked extends Readonly<Record<string, Fact<unknown>>>>(
  check: string,
  asked: Asked,
  rule: (known: Known<Asked>) => Finding[],
): Finding[] {
  const refused = Object.values(asked).find((fact) => "refused" in fact);
  if (refused && "refused" in refused) return [unknown(check, refused.refused)];
  const known = Object.entries(asked).map(([name, fact]) => [name, (fact as { value: unknown }).value]);
  return rule(Object.fromEntries(known) as Known<Asked>);
}

function unknown(check: string, why: string): Finding {
  return {
    level: "warning",
    check,
    what: `${check} could not be looked at`,
    why,
    fix: "give the user the permissions that docs/security.md lists",
  };
}
