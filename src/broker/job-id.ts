import { randomBytes } from "node:crypto";

// BullMQ keeps its own keys beside the jobs' hashes: a job called `wait` or `meta` would kill the queue.
const idPrefix = "t-";
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

const length = 16;
// Random bytes are dear by the call, not by the byte.
let pool = Buffer.alloc(0);
let used = 0;

/** A new id: 80 random bits in 16 characters that are easy to read aloud. */
export function createJobId(): string {
  if (used === pool.length) {
    pool = randomBytes(256 * length);
    used = 0;
  }
  let id = "";
  for (const end = used + length; used < end; used++) id += alphabet[pool[used]! & 31];
  return id;
}

export const toBrokerId = (id: string): string => idPrefix + id;

export const isOurId = (id: string): boolean => id.startsWith(idPrefix);

/** Raw producers' ids are taken as they are. */
export const fromBrokerId = (id: string): string => (isOurId(id) ? id.slice(idPrefix.length) : id);
