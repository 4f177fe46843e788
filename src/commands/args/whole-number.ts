import { TaskqError } from "../../errors.ts";

/** The whole number that a flag says, if it says one. */
export function parseWholeNumber<Text extends string | undefined>(
  flag: string,
  text: Text,
  least: number,
): number | (Text & undefined) {
  if (text === undefined) return text as Text & undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least) return value;
  throw new TaskqError("USAGE", `${flag} must be a whole number from ${least}, not "${text}"`);
}
