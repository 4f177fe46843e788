import { CronExpressionParser } from "cron-parser";

/** The expression with every `H` replaced by numbers that hang on the seed alone, since BullMQ would draw new ones each time. */
export function expandHash(expression: string, seed: string): string {
  if (!/\bH\b/.test(expression)) return expression;
  const withSeconds = expression.trim().split(/\s+/).length === 6;
  return CronExpressionParser.parse(expression, { hashSeed: seed }).stringify(withSeconds);
}
