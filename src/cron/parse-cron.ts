import { CronExpressionParser } from "cron-parser";

/** What one expression asks of a clock. */
export interface CronFields {
  /** Each in rising order. */
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
  /** Months from 1. */
  readonly months: ReadonlySet<number>;
  /** Whether a day of one of its months is meant: the day, that month's last day, and the weekday from Sunday, 0. */
  readonly hasDay: (day: number, lastDay: number, weekday: number) => boolean;
  /** Whether it names every hour: then it means real time, and no hours of the clock. */
  readonly everyHour: boolean;
}

const parsed = new Map<string, CronFields>();
const mostKept = 10_000;

/** The fields of a right expression; throws what cron-parser throws for a wrong one. `H` is drawn by the seed. */
export function parseCron(expression: string, hashSeed = "any"): CronFields {
  const key = `${hashSeed}\n${expression}`;
  const known = parsed.get(key);
  if (known) return known;

  const { fields } = CronExpressionParser.parse(expression, { tz: "UTC", hashSeed });
  const { hour, minute, second, month, dayOfMonth, dayOfWeek } = fields;
  const read: CronFields = {
    hours: toNumbers(hour.values),
    minutes: toNumbers(minute.values),
    seconds: toNumbers(second.values),
    months: new Set(toNumbers(month.values)),
    hasDay: toDayCheck(dayOfMonth, dayOfWeek),
    everyHour: hour.values.length === 24,
  };
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(key, read);
  return read;
}

interface DayField {
  readonly values: readonly (number | string)[];
  readonly isWildcard: boolean;
  readonly hasLastChar: boolean;
}

/** As cron has it: where day and weekday are both said, one of them is enough. */
function toDayCheck(days: DayField, weekdays: DayField & { readonly nthDay: number }): CronFields["hasDay"] {
  const inDays = new Set(toNumbers(days.values));
  const inWeekdays = new Set(toNumbers(weekdays.values).map((weekday) => weekday % 7));
  const lastWeekdays = new Set(
    weekdays.hasLastChar ? weekdays.values.map((value) => Number.parseInt(String(value), 10) % 7) : [],
  );
  const { nthDay } = weekdays;

  return (day, lastDay, weekday) => {
    const isDay = inDays.has(day) || (days.hasLastChar && day === lastDay);
    const isWeekday =
      (inWeekdays.has(weekday) && (nthDay <= 0 || Math.ceil(day / 7) === nthDay)) ||
      (lastWeekdays.has(weekday) && day > lastDay - 7);
    if (weekdays.isWildcard) return isDay;
    return days.isWildcard ? isWeekday : isDay || isWeekday;
  };
}

const toNumbers = (values: readonly (number | string)[]): number[] =>
  values.filter((value) => typeof value === "number").sort((a, b) => a - b);
