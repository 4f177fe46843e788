import type { Broker } from "../broker.ts";
import { told } from "../broker-error.ts";
import { runScript } from "../run-script.ts";
import { scheduleKeys } from "./schedule-lua.ts";
import type { SchedulePlace } from "./schedule-place.ts";

export interface PlanStart {
  /** All ticks before this moment are of the plan before, and accounted for. */
  readonly fromMs: number;
  /** Its first tick; undefined where that is for the broker to say. */
  readonly firstMs: number | undefined;
}

const start = `
redis.call('HSET', KEYS[1], 'planFrom', ARGV[1])
if ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'upTo', ARGV[2]) else redis.call('HDEL', KEYS[1], 'upTo') end
for _, key in ipairs(KEYS) do redis.call('PERSIST', key) end`;

/**
 * Records where a plan begins, before any of its runs can: from then on whoever begins one accounts for its ticks, and nobody
 * for ticks of the plan before.
 */
export async function startPlan(broker: Broker, place: SchedulePlace, { fromMs, firstMs }: PlanStart): Promise<void> {
  const keys = scheduleKeys(broker.prefix, place);
  await told(broker, () => runScript(broker, start, keys, [fromMs, firstMs ?? ""]));
}
