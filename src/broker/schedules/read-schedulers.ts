import type { Broker } from "../broker.ts";
import { told } from "../broker-error.ts";
import { runScript } from "../run-script.ts";

/** One of BullMQ's job schedulers, as it keeps it. */
export interface Scheduler {
  readonly key: string;
  /** Of its jobs. */
  readonly name: string;
  /** When its next job is due, or its last one was. */
  readonly next: number;
  readonly pattern: string | undefined;
  readonly every: number | undefined;
  readonly tz: string | undefined;
  readonly startDate: number | undefined;
  readonly endDate: number | undefined;
  readonly template: { readonly data: unknown; readonly opts: object };
}

const read = `
local found = {}
local all = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #all, 2 do
  local hash = KEYS[1] .. ':' .. all[i]
  found[#found + 1] = { all[i], all[i + 1], redis.call('HMGET', hash, 'name', 'pattern', 'every', 'tz', 'startDate', 'endDate', 'data', 'opts') }
end
return found`;

type Field = string | null;
type Found = [key: string, next: string, fields: Field[]];

/**
 * The schedulers of a queue, the next to run first, all as they are at one moment. BullMQ's own `getJobSchedulers` looks at the
 * list and then at each entry, and removes one that went in between: also where somebody has just written it anew.
 */
export async function readSchedulers(broker: Broker, queue: string): Promise<Scheduler[]> {
  const key = `${broker.prefix}:${queue}:repeat`;
  const found = (await told(broker, () => runScript(broker, read, [key], []))) as Found[];
  return found.flatMap(toScheduler);
}

/** None where there is only an entry in the list: it is being written or removed, or is of a time before job schedulers. */
function toScheduler([key, next, fields]: Found): Scheduler[] {
  const [name, pattern, every, tz, startDate, endDate, data, opts] = fields as [Field, ...Field[]];
  if (name === null) return [];
  return [
    {
      key,
      name,
      next: Number(next),
      pattern: pattern ?? undefined,
      every: toNumber(every),
      tz: tz ?? undefined,
      startDate: toNumber(startDate),
      endDate: toNumber(endDate),
      template: { data: parse(data) ?? {}, opts: Object(parse(opts)) as object },
    },
  ];
}

const toNumber = (text: Field | undefined): number | undefined => (text ? Number(text) : undefined);

/** One that cannot be read must not hide the others. */
function parse(json: Field | undefined): unknown {
  try {
    return JSON.parse(json ?? "{}");
  } catch {
    return {};
  }
}
