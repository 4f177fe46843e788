import { TaskqError } from "../errors.ts";

const deepest = 100;
const dangerous = new Set(["__proto__", "constructor", "prototype"]);

/** Refuses what JSON would lose or a handler could be hurt by, with the path of the value. */
export function checkJsonArgs(args: unknown, maxSize: number): asserts args is object {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw invalid(`the args must be a JSON object, not ${describe(args)}`, 'Write them as {"key": value}.');
  }
  walk(args, [], new Set());
  const size = Buffer.byteLength(JSON.stringify(args));
  if (size > maxSize) {
    throw invalid(
      `the args are ${size} bytes of JSON, more than the ${maxSize} allowed`,
      "Store large data elsewhere and enqueue its key, or raise `maxArgsSize`.",
    );
  }
}

function walk(value: unknown, path: readonly string[], above: Set<object>): void {
  if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol") {
    throw invalid(`the args hold a ${typeof value} at ${path.join(".")}, which JSON cannot carry`);
  }
  if (typeof value !== "object" || value === null) return;
  if (above.has(value)) throw invalid(`the args hold a cycle at ${path.join(".")}`);
  if (path.length >= deepest) throw invalid(`the args are nested deeper than ${deepest} levels`);

  above.add(value);
  for (const key of Object.keys(value)) {
    if (dangerous.has(key))
      throw invalid(`the args hold the key "${key}" at ${[...path, key].join(".")}, which is refused`);
    walk((value as Record<string, unknown>)[key], [...path, key], above);
  }
  above.delete(value);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return `${JSON.stringify(value) ?? String(value)} (${typeof value})`;
}

function invalid(message: string, hint?: string): TaskqError {
  return new TaskqError("ARGS_INVALID", message, { hint });
}
