import type { Broker } from "../broker.ts";
import { untilAccepted } from "../refusal.ts";
import { runScript } from "../run-script.ts";
import { scheduleKeys, scheduleLua } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

/** A run of a schedule that has ended for good. */
export interface EndedRun extends SchedulePlace {
  /** The job's id in the broker. */
  readonly id: string;
  readonly tickMs: number | undefined;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** What it returned. */
  readonly result: unknown;
  /** Why it failed, if it did. */
  readonly error: string | undefined;
}

const end = `${scheduleLua}
local run, tick, outcome, at, ms, result, reason = unpack(ARGV, 2)
-- Without a record its queue was obliterated, or the schedule has moved: whoever has it reads the end from the job.
if redis.call('EXISTS', record) == 1 then ended(run, tick, outcome, at, ms, result, reason) end
for _, other in ipairs(redis.call('ZRANGE', waiting, 0, -1)) do
  if isLive(other) then return other end
  redis.call('ZREM', waiting, other)
end
return false`;

/** Records how a run ended. Returns the job of the one that has waited for it the longest. */
export async function endRun(broker: Broker, run: EndedRun): Promise<{ queue: string; id: string } | undefined> {
  const { queue, id, tickMs = "", startedAtMs, durationMs, result, error } = run;
  const outcome = error === undefined ? "completed" : "failed";
  const json = JSON.stringify(result) ?? "";
  const said = [`${queue}:${id}`, tickMs, outcome, startedAtMs, durationMs, json.slice(0, 2_000), error ?? ""];
  const next = (await untilAccepted(() =>
    runScript(broker, end, scheduleKeys(broker.prefix, run), [broker.prefix, ...said]),
  )) as string | null;
  if (next === null) return undefined;
  const at = next.indexOf(":");
  return { queue: next.slice(0, at), id: next.slice(at + 1) };
}
