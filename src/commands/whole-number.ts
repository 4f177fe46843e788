import { TaskqError } from "../errors.ts";

/** The whole number that a flag says, or a default where it says none. */
export function parseWholeNumber(flag: string, text: string | undefined, least: number, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least) return value;
  throw new TaskqError("USAGE", `${flag} must be a whole number from ${least}, not "${text}"`);
}
