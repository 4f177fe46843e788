import type { ScheduleRow } from "../../schedule/row.ts";
import type { Style } from "../color.ts";
import { renderCount } from "../count.ts";
import { escapeText } from "../escape.ts";

interface Advice {
  readonly what: string;
  readonly says: string;
  readonly fits: (row: ScheduleRow) => boolean;
  readonly paint?: "red" | "yellow";
}

const ofState = (state: ScheduleRow["state"]) => (row: ScheduleRow) => row.state === state;

/** What became of another app's run is not ours to mend. */
const isOurs = ({ state }: ScheduleRow) => state !== "foreign";

/** The gravest first. */
const advice: readonly Advice[] = [
  {
    what: "overdue",
    says: "no worker has begun the run that is due",
    fits: (row) => isOurs(row) && row.overdue,
    paint: "red",
  },
  { what: "failed", says: "", fits: (row) => isOurs(row) && row.last?.outcome === "failed", paint: "red" },
  {
    what: "without a worker",
    says: "nobody takes from their queues: start `taskq run-worker`",
    fits: ({ warning }) => warning !== null,
    paint: "yellow",
  },
  { what: "paused", says: "until `taskq schedule resume`", fits: ({ paused }) => paused !== null, paint: "yellow" },
  { what: "new", says: "not in the broker yet: `taskq run-worker` puts it there", fits: ofState("new") },
  {
    what: "changed",
    says: "in the broker as it was before: `taskq run-worker` writes it anew",
    fits: ofState("changed"),
  },
  {
    what: "orphan",
    says: "no longer declared and still firing: `taskq schedule sync --prune`",
    fits: ofState("orphan"),
  },
  { what: "foreign", says: "of another app: taskq leaves it alone", fits: ofState("foreign") },
  { what: "ended", says: "runs no more: its `endAt` has come", fits: ofState("ended") },
];

/** How many schedules there are, and of those that are not in order what is to be done. */
export function renderScheduleFooter(rows: readonly ScheduleRow[], style: Style): string[] {
  return [
    renderCount(rows.length, "schedule"),
    ...advice.flatMap(({ what, says, fits, paint }) => {
      const fitting = rows.filter(fits);
      if (fitting.length === 0) return [];
      const line = `${fitting.length} ${what}: ${says || howToLook(fitting)}`;
      return [paint ? style[paint](line) : line];
    }),
  ];
}

/** The one that failed last. */
function howToLook(failed: readonly ScheduleRow[]): string {
  const [latest] = failed.flatMap(({ last }) => last ?? []).sort((a, b) => (a.at < b.at ? 1 : -1));
  return `see \`taskq job show ${escapeText(latest!.id)}\``;
}
