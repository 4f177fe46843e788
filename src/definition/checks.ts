import type { Check } from "./check-shape.ts";
import { parseDuration } from "./duration.ts";
import { showValue } from "./show-value.ts";
import { parseSize } from "./size.ts";

const must =
  (what: string, isRight: (value: unknown) => boolean): Check =>
  (value, path) =>
    isRight(value) ? [] : [`${path} must be ${what}, not ${showValue(value)}`];

const isWholeFrom = (value: unknown, least: number) => Number.isSafeInteger(value) && (value as number) >= least;
const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";

const duration = must('a duration such as "30s"', (value) => parseDuration(value) !== undefined);
/** No timer of Node waits for 25 days: it would ring at once. */
const longestWaitMs = 24 * 86_400_000;
const notLonger = must("24 days at most", (value) => (parseDuration(value) ?? 0) <= longestWaitMs);

/** The checks that keys of job options and of the config share. */
export const checks = {
  must,
  wholeFrom: (least: number) => must(`a whole number from ${least}`, (value) => isWholeFrom(value, least)),
  duration,
  /** Of what a process waits for itself. */
  wait: ((value, path) => [...duration(value, path), ...notLonger(value, path)]) as Check,
  size: must('bytes, or a size such as "64kb"', (value) => parseSize(value) !== undefined),
  flag: must("true or false", (value) => typeof value === "boolean"),
  text: must("a text", isText),
  texts: must("an array of texts", (value) => Array.isArray(value) && value.every(isText)),
} as const;
