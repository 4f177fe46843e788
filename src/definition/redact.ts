/** The value with what stands under the given keys hidden, at any depth. */
export function redactKeys(value: unknown, keys: readonly string[]): unknown {
  if (keys.length === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redactKeys(item, keys));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, keys.includes(key) ? "[redacted]" : redactKeys(item, keys)]),
  );
}
