import { maskSecrets } from "./mask-url.ts";

/** What was thrown, in one text without secrets. */
export function messageOf(thrown: unknown): string {
  try {
    return maskSecrets(thrown instanceof Error ? thrown.message : String(thrown));
  } catch {
    return `a ${typeof thrown} that has no text`;
  }
}
