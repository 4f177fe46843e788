import type { Overlap } from "../../definition/schedule.ts";
import type { Broker } from "../broker.ts";
import { untilAccepted } from "../refusal.ts";
import { runScript } from "../run-script.ts";
import { beginLua } from "./begin-lua.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/** A job of a schedule that a worker is about to run. */
export interface RunToBegin extends SchedulePlace {
  /** The job's id in the broker. */
  readonly id: string;
  /** The tick it is for; undefined where somebody asked for it. */
  readonly tickMs: number | undefined;
  /** Whether the broker made it for its tick, or we made it for a tick that had passed, or at somebody's word. */
  readonly kind: "tick" | "catch-up" | "manual";
  readonly overlap: Overlap;
  /** The job's own unique key. */
  readonly unique: string | undefined;
  /** How late it may begin. */
  readonly mostLateMs: number | undefined;
  /** The tick after this one. */
  readonly nextMs: number | undefined;
  /** No tick is after this moment; undefined where the plan's end has not come: after that the broker makes no next job. */
  readonly lastMs: number | undefined;
}

export interface Begun {
  /**
   * `skipped`: the run `by` is not done. `wait`: the same, and this one is to come again. `duplicate`: the run `by` was for
   * the same tick. `paused`, `late`: the tick is recorded as missed. `rested`: it is of a pause that is over, and whoever
   * ended that has accounted for it. `gone`: somebody has removed its job, and nothing is recorded.
   */
  readonly verdict: "run" | "skipped" | "wait" | "duplicate" | "paused" | "rested" | "late" | "gone";
  readonly by: string;
  /** The ticks that are still to be accounted for. */
  readonly open: { readonly fromMs: number; readonly toMs: number } | undefined;
  /** The next tick, where it has come already: a worker whose clock is slow would let its job wait. */
  readonly dueMs: number | undefined;
}

/** Begins a run of a schedule, or says why it is not begun; in one step, whoever else begins one. */
export async function beginRun(broker: Broker, run: RunToBegin): Promise<Begun> {
  const { queue, name, id, tickMs = "", kind, overlap, unique = "", mostLateMs = "", nextMs = "", lastMs = "" } = run;
  const said = [`${queue}:${id}`, tickMs, kind, overlap, queue, name, unique, mostLateMs, nextMs, lastMs];
  const [verdict, by, from, to, due] = (await untilAccepted(() =>
    runScript(broker, beginLua, scheduleKeys(broker.prefix, run), [broker.prefix, ...said]),
  )) as [Begun["verdict"], string, string, string, string];
  return {
    verdict,
    by,
    open: from === "" ? undefined : { fromMs: Number(from), toMs: Number(to) },
    dueMs: due === "" ? undefined : Number(due),
  };
}
