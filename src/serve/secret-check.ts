import { createHash, timingSafeEqual } from "node:crypto";

/** Compares with a secret in a time that tells nothing of it. */
export function createSecretCheck(secret: string): (said: string) => boolean {
  const expected = digest(secret);
  return (said) => timingSafeEqual(digest(said), expected);
}

/** Of one length for every text, as the comparison wants it. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
