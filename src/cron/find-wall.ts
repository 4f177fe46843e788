import type { CronFields } from "./parse-cron.ts";

const dayMs = 86_400_000;
/** The rarest day that cron can name, the fifth Monday of a February, stays away for 40 years at most. */
const longestDays = 50 * 366;

/**
 * The next (or previous) time that the hands of a clock show and the fields name, strictly after (before) the given one.
 * Such a "wall time" is counted as UTC counts, and knows nothing of zones. Undefined where no day ever fits.
 */
export function findWall(fields: CronFields, wallMs: number, step: 1 | -1): number | undefined {
  // The nearest whole second that is not the given time itself.
  const start = step === 1 ? Math.floor(wallMs / 1_000) + 1 : Math.ceil(wallMs / 1_000) - 1;
  let day = Math.floor(start / 86_400);
  const lastDay = day + step * longestDays;
  let time: number | undefined = start - day * 86_400;

  while ((lastDay - day) * step >= 0) {
    const date = new Date(day * dayMs);
    const month = date.getUTCMonth();
    const monthEnd = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0));
    if (!fields.months.has(month + 1)) {
      day += step === 1 ? monthEnd.getUTCDate() - date.getUTCDate() + 1 : -date.getUTCDate();
    } else {
      if (fields.hasDay(date.getUTCDate(), monthEnd.getUTCDate(), date.getUTCDay())) {
        const found = findTime(fields, time, step);
        if (found !== undefined) return day * dayMs + found * 1_000;
      }
      day += step;
    }
    time = undefined;
  }
  return undefined;
}

/** The first time of day from the given one on, in seconds, or the last one up to it; of the whole day where none is given. */
function findTime({ hours, minutes, seconds }: CronFields, from: number | undefined, step: 1 | -1): number | undefined {
  const [hour, minute, second] =
    from === undefined ? [] : [Math.floor(from / 3_600), Math.floor((from % 3_600) / 60), from % 60];
  const atHour = nearest(hours, hour, step);
  if (atHour === undefined) return undefined;
  if (atHour !== hour) return atHour * 3_600 + first(minutes, step) * 60 + first(seconds, step);

  const atMinute = nearest(minutes, minute, step);
  const atSecond = atMinute === minute ? nearest(seconds, second, step) : first(seconds, step);
  if (atMinute !== undefined && atSecond !== undefined) return atHour * 3_600 + atMinute * 60 + atSecond;

  const later = nearest(minutes, minute! + step, step);
  if (atMinute !== undefined && later !== undefined) return atHour * 3_600 + later * 60 + first(seconds, step);
  const laterHour = nearest(hours, hour! + step, step);
  return laterHour === undefined ? undefined : laterHour * 3_600 + first(minutes, step) * 60 + first(seconds, step);
}

const first = (values: readonly number[], step: 1 | -1): number => values.at(step === 1 ? 0 : -1)!;

function nearest(values: readonly number[], from: number | undefined, step: 1 | -1): number | undefined {
  if (from === undefined) return first(values, step);
  return step === 1 ? values.find((value) => value >= from) : values.findLast((value) => value <= from);
}
