import { randomBytes } from "node:crypto";

// BullMQ keeps its own keys beside the jobs' hashes: a job called `wait` or `meta` would kill the queue.
const idPrefix = "t-";
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new id: 80 random bits in 16 characters that are easy to read aloud. */
export function createJobId(): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join("");
}

export const toBrokerId = (id: string): string => idPrefix + id;

export const isOurId = (id: string): boolean => id.startsWith(idPrefix);

/** Raw producers' ids are taken as they are. */
export const fromBrokerId = (id: string): string => (isOurId(id) ? id.slice(idPrefix.length) : id);
