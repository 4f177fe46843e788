import { createHash } from "node:crypto";

/** A whole number from 0 to below the given one, that hangs on the seed alone and is spread evenly over many. */
export function spread(seed: string, below: number): number {
  return Math.floor((createHash("sha256").update(seed).digest().readUInt32BE() / 2 ** 32) * below);
}
